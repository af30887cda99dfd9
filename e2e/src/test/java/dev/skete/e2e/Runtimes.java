package dev.skete.e2e;

import dev.skete.api.Overhead;
import dev.skete.api.UnikernelRuntime;
import dev.skete.api.UnikernelRuntimeSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The runtimes of these tests: a built-in one with one thing changed. */
final class Runtimes {
    private Runtimes() {}

    static String withOverhead(UnikernelRuntime of, String name, String memory) {
        UnikernelRuntimeSpec spec = of.getSpec();
        var changed = new UnikernelRuntime();
        changed.setMetadata(new ObjectMetaBuilder().withName(name).build());
        changed.setSpec(new UnikernelRuntimeSpec(
                spec.vmm(),
                spec.machine(),
                spec.boot(),
                spec.nic(),
                spec.commandLine(),
                spec.envFormat(),
                spec.quoting(),
                spec.exitCodes(),
                spec.shutdown(),
                spec.files(),
                spec.mountFormat(),
                spec.disks(),
                spec.entropy(),
                spec.console(),
                new Overhead(Quantity.parse(memory), null)));
        return Serialization.asYaml(changed);
    }
}

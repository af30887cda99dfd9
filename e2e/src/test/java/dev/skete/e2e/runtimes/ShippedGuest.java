package dev.skete.e2e.runtimes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.vmm.GuestLaunch;
import dev.skete.agent.vmm.NetworkFacts;
import dev.skete.agent.vmm.PodName;
import dev.skete.agent.vmm.Vmm;
import dev.skete.agent.vmm.VmmPack;
import dev.skete.api.Accelerator;
import dev.skete.api.DiskModel;
import dev.skete.api.FileChannel;
import dev.skete.api.LaunchPlan;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.operator.runtime.RuntimeLookup;
import dev.skete.operator.unikernel.compile.Compiler;
import dev.skete.operator.unikernel.compile.GuestSeccomp;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** A Unikernel that asks for all that a shipped runtime can do. */
record ShippedGuest(String runtime, UnikernelRuntimeSpec spec) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final NetworkFacts NETWORK = new NetworkFacts(
            "tap0",
            OptionalInt.of(3),
            "0a:58:0a:f4:01:07",
            1450,
            address("10.244.1.7"),
            24,
            Optional.of(address("10.244.1.1")),
            Optional.of(address("10.96.0.10")),
            List.of("shop.svc.cluster.local", "cluster.local"));

    static Stream<ShippedGuest> all() {
        return ShippedRuntimes.byName().entrySet().stream().map(r -> new ShippedGuest(r.getKey(), r.getValue()));
    }

    Unikernel unikernel() {
        try {
            return YAML.readValue(manifest(), Unikernel.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The plan as the operator writes it. */
    String plan() {
        var accelerator = RuntimeLookup.KVM_ONLY_VMMS.contains(spec.vmm()) ? Accelerator.KVM : Accelerator.Emulation;
        var deployment = (Deployment) Compiler.compile(unikernel(), spec, accelerator, GuestSeccomp.RuntimeDefault)
                .workload();
        return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getName().equals(LaunchPlan.VARIABLE))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** The VMM's words that a node agent makes of a plan for this guest, one on a line. */
    String words(LaunchPlan plan) throws RefusedException {
        return String.join("\n", Vmm.named(plan.vmm()).command(launch(plan)).argv()) + "\n";
    }

    private String manifest() {
        var manifest = new StringBuilder("""
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: hello, namespace: shop}
                spec:
                  image: registry.example/hello:1
                  runtime: %s
                  resources: {memory: 64Mi}
                  ports: [{name: http, port: 80, targetPort: 8080}]
                """.formatted(runtime));
        var commandLine = Optional.ofNullable(spec.commandLine()).orElse(List.of());
        if (commandLine.contains("${args}")) {
            manifest.append("  args: [\"/app\", \"two words\"]\n");
        }
        if (commandLine.contains("${env}")) {
            manifest.append("  env: [{name: GREETING, value: \"hello, world\"}]\n");
        }
        boolean files = spec.files() != null && spec.files() != FileChannel.None;
        boolean disks = spec.disks() == DiskModel.VirtioBlk;
        if (files || disks) {
            manifest.append("  volumes:\n");
        }
        if (files) {
            manifest.append("  - {name: settings, configMap: {name: settings}}\n");
        }
        if (disks) {
            manifest.append("  - {name: data, persistentVolumeClaim: {claimName: data}}\n");
        }
        if (files) {
            manifest.append("  volumeMounts: [{name: settings, mountPath: /etc/app}]\n");
        }
        if (disks) {
            manifest.append("  volumeDevices: [{name: data}]\n");
        }
        return manifest.toString();
    }

    private GuestLaunch launch(LaunchPlan plan) throws RefusedException {
        var pack = Vmm.named(plan.vmm()).packs(plan).getFirst();
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        var wanted = unikernel().getSpec();
        Optional.ofNullable(wanted.env())
                .orElse(List.of())
                .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
        return new GuestLaunch(
                plan,
                new PodName("shop", "hello-1"),
                Optional.ofNullable(wanted.args()).orElse(List.of()),
                variables,
                NETWORK,
                plan.storage().mounts().isEmpty() ? List.of() : List.of("settings/app.conf"),
                VmmPack.inGuest(pack, pack.directoryPrefix() + "-7.2-0123"));
    }

    private static Inet4Address address(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return runtime;
    }
}

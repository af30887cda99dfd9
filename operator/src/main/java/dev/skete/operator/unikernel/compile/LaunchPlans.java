package dev.skete.operator.unikernel.compile;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.Accelerator;
import dev.skete.api.Defaults;
import dev.skete.api.GuestPort;
import dev.skete.api.LaunchPlan;
import dev.skete.api.LaunchPlan.MachinePlan;
import dev.skete.api.Machine;
import dev.skete.api.Nic;
import dev.skete.api.UnikernelRuntimeSpec;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Resolves a runtime for one Unikernel to the plan that its node agent launches from. */
final class LaunchPlans {
    private static final int SECONDS_TO_SWITCH_OFF = 2;

    private LaunchPlans() {}

    static LaunchPlan of(Wanted wanted, UnikernelRuntimeSpec runtime, Accelerator accelerator) {
        var boot = BootPlaces.of(wanted.spec().boot(), runtime.boot());
        return new LaunchPlan(
                LaunchPlan.CURRENT_VERSION,
                runtime.vmm(),
                accelerator,
                machine(runtime.machine(), accelerator),
                Amounts.mebibytes(wanted.memory()),
                wanted.cpus(),
                boot,
                nic(runtime.nic()),
                requireNonNullElse(runtime.commandLine(), List.of()),
                requireNonNullElse(runtime.envFormat(), Defaults.ENV_FORMAT),
                requireNonNullElse(runtime.quoting(), Defaults.QUOTING),
                wanted.env().stream().map(EnvVar::getName).toList(),
                exitCodes(runtime.exitCodes()),
                requireNonNullElse(runtime.shutdown(), Defaults.SHUTDOWN),
                tcpPorts(wanted.ports()),
                wanted.stdin(),
                storage(new GuestVolumes(wanted, boot), runtime),
                requireNonNullElse(runtime.entropy(), Defaults.ENTROPY),
                runtime.console(),
                stopSeconds(wanted, runtime));
    }

    /** What the grace period leaves after the drain, less the time to switch off a guest that did not react. */
    private static int stopSeconds(Wanted wanted, UnikernelRuntimeSpec runtime) {
        return switch (requireNonNullElse(runtime.shutdown(), Defaults.SHUTDOWN)) {
            case None -> 0;
            case ACPI ->
                Math.max(
                        0,
                        wanted.terminationGracePeriodSeconds() - wanted.secondsBeforeSignal() - SECONDS_TO_SWITCH_OFF);
        };
    }

    private static MachinePlan machine(Machine machine, Accelerator accelerator) {
        return new MachinePlan(
                machine.type(),
                requireNonNullElse(machine.options(), Map.of()),
                cpu(machine.cpu(), accelerator),
                requireNonNullElse(machine.exitPort(), Defaults.EXIT_PORT));
    }

    private static @Nullable String cpu(Machine.@Nullable CpuModels models, Accelerator accelerator) {
        if (models == null) {
            return null;
        }
        return switch (accelerator) {
            case KVM -> models.kvm();
            case Emulation -> models.emulation();
        };
    }

    private static LaunchPlan.Storage storage(GuestVolumes volumes, UnikernelRuntimeSpec runtime) {
        return new LaunchPlan.Storage(
                requireNonNullElse(runtime.files(), Defaults.FILES),
                volumes.planMounts(),
                requireNonNullElse(runtime.mountFormat(), Defaults.MOUNT_FORMAT),
                volumes.planDisks());
    }

    private static Nic nic(Nic nic) {
        return new Nic(
                nic.model(),
                requireNonNullElse(nic.options(), Map.of()),
                requireNonNullElse(nic.vnetHeader(), Defaults.VNET_HEADER));
    }

    private static Map<Integer, Integer> exitCodes(@Nullable Map<String, Integer> byName) {
        var codes = new TreeMap<Integer, Integer>();
        requireNonNullElse(byName, Map.<String, Integer>of()).forEach((k, v) -> codes.put(Integer.valueOf(k), v));
        return codes;
    }

    private static List<Integer> tcpPorts(List<GuestPort> ports) {
        return ports.stream()
                .filter(p -> Wanted.protocol(p) == GuestPort.Protocol.TCP)
                .map(Wanted::targetPort)
                .toList();
    }
}

package dev.skete.agent.vmm;

import dev.skete.api.Accelerator;
import dev.skete.api.LaunchPlan;
import dev.skete.api.MachineType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The machine, and what QEMU itself may do. */
final class QemuMachine {
    private QemuMachine() {}

    static List<String> words(LaunchPlan plan) {
        var machine = QemuOption.of(plan.machine().type().name())
                .with(new TreeMap<>(plan.machine().options()))
                // No page sharing between guests, and no guest memory in a core dump.
                .with("mem-merge", "off")
                .with("dump-guest-core", "off");
        var words = new ArrayList<>(List.of("-nodefaults", "-no-user-config", "-display", "none"));
        // A guest that resets has crashed: without this it would boot again for ever, and nobody would know.
        words.add("-no-reboot");
        words.addAll(List.of("-action", "panic=" + panicAction(plan)));
        words.addAll(List.of("-M", machine.toString(), "-accel", accelerator(plan.accelerator())));
        if (plan.machine().cpu() != null) {
            words.addAll(List.of("-cpu", plan.machine().cpu()));
        }
        words.addAll(List.of("-m", plan.memoryMiB() + "M", "-smp", Integer.toString(plan.cpus())));
        if (plan.machine().type() == MachineType.microvm) {
            // Guests written this decade speak virtio 1 only, and QEMU's MMIO transport still starts in the old mode.
            words.addAll(List.of("-global", "virtio-mmio.force-legacy=off"));
        }
        return words;
    }

    /**
     * A panic ends QEMU with 1. Where the runtime takes that for a success, QEMU stops the guest and stays, until the agent has it ended
     * with a failure.
     */
    private static String panicAction(LaunchPlan plan) {
        return plan.exitCodes().getOrDefault(1, 1) == 0 ? "pause" : "exit-failure";
    }

    private static String accelerator(Accelerator accelerator) {
        return switch (accelerator) {
            case KVM -> "kvm";
            case Emulation -> "tcg";
        };
    }

    /** The ways for a guest to say how it ends: QEMU's exit status, and that it panicked (Linux does). The small build has neither. */
    static List<String> exitDevices(GuestLaunch launch) {
        var port = launch.plan().machine().exitPort();
        return switch (launch.pack().kind()) {
            case FULL ->
                List.of(
                        "-device",
                        QemuOption.of("isa-debug-exit")
                                .with("iobase", "0x" + Integer.toHexString(port))
                                .with("iosize", "0x04")
                                .toString(),
                        "-device",
                        "pvpanic");
            case MICROVM, UHYVE, SOLO5_HVT -> List.of();
        };
    }

    /**
     * QEMU's own seccomp filter, on top of the container's: it may neither start programs nor gain privileges. Debian's small build comes
     * without it and stops at the option.
     */
    static List<String> confinement(PackKind kind) {
        return switch (kind) {
            case FULL -> List.of("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
            case MICROVM, UHYVE, SOLO5_HVT -> List.of();
        };
    }
}

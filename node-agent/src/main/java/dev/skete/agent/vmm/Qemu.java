package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Accelerator;
import dev.skete.api.LaunchPlan;
import dev.skete.api.MachineType;
import dev.skete.api.NicModel;
import dev.skete.api.VnetHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Composes QEMU command lines: an argument list, never a string that something splits again. */
public final class Qemu implements Vmm {
    /** How a plan names it. */
    public static final String NAME = "qemu";

    /** The I/O port of isa-debug-exit; a guest that writes N to it ends QEMU with status 2N+1. */
    public static final int EXIT_PORT = 0xf4;

    @Override
    public VmmCommand command(GuestLaunch launch) throws RefusedException {
        var plan = launch.plan();
        PlanRules.check(plan);
        var argv = new ArrayList<>(launch.pack().program());
        argv.addAll(machine(plan));
        argv.addAll(identityAndConsole(launch));
        argv.addAll(exitDevice(launch.pack().kind()));
        argv.addAll(boot(launch));
        argv.addAll(network(launch));
        argv.addAll(confinement(launch.pack().kind()));
        return new VmmCommand(List.copyOf(argv), launch.pack().environment(), ExitTable.of(plan.exitCodes()));
    }

    private static List<String> machine(LaunchPlan plan) {
        var machine = QemuOption.of(plan.machine().type().name())
                .with(new TreeMap<>(plan.machine().options()))
                // No page sharing between guests, and no guest memory in a core dump.
                .with("mem-merge", "off")
                .with("dump-guest-core", "off");
        var words = new ArrayList<>(List.of("-nodefaults", "-no-user-config", "-display", "none"));
        // A guest that resets has crashed: without this it would boot again for ever, and nobody would know.
        words.add("-no-reboot");
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

    private static String accelerator(Accelerator accelerator) {
        return switch (accelerator) {
            case KVM -> "kvm";
            case Emulation -> "tcg";
        };
    }

    private static List<String> identityAndConsole(GuestLaunch launch) {
        var name = QemuOption.of(launch.pod().namespace() + "/" + launch.pod().name());
        return List.of(
                "-name",
                name.toString(),
                // The console is the container's log; signal=off because the launcher forwards signals, not the
                // terminal.
                "-chardev",
                "stdio,id=console,signal=off",
                "-serial",
                "chardev:console",
                // QEMU dials the agent and dials again by itself, so an agent that restarts finds every guest.
                "-qmp",
                "unix:" + VmmPack.GUEST_MOUNT + "/run/qmp.sock,server=off,reconnect=1");
    }

    private static List<String> exitDevice(PackKind kind) {
        return switch (kind) {
            case FULL ->
                List.of(
                        "-device",
                        QemuOption.of("isa-debug-exit")
                                .with("iobase", "0x" + Integer.toHexString(EXIT_PORT))
                                .with("iosize", "0x04")
                                .toString());
            case MICROVM -> List.of();
        };
    }

    private static List<String> boot(GuestLaunch launch) throws RefusedException {
        var boot = launch.plan().boot();
        var words = new ArrayList<String>();
        if (boot.kernel() != null) {
            words.addAll(List.of("-kernel", boot.kernel()));
        }
        if (boot.initrd() != null) {
            words.addAll(List.of("-initrd", boot.initrd()));
        }
        var commandLine = GuestCommandLine.of(launch);
        if (!commandLine.isEmpty()) {
            words.addAll(List.of("-append", commandLine));
        }
        return words;
    }

    private static List<String> network(GuestLaunch launch) {
        var nic = launch.plan().nic();
        var network = launch.network();
        var netdev = QemuOption.of("tap")
                .with("id", "net0")
                .with("ifname", network.tap())
                .with("script", "no")
                .with("downscript", "no")
                .with("vnet_hdr", nic.vnetHeader() == VnetHeader.Disabled ? "off" : "on");
        var device = QemuOption.of(deviceName(nic.model())).with("netdev", "net0");
        if (nic.options() != null) {
            device.with(new TreeMap<>(nic.options()));
        }
        device.with("mac", network.mac()).with("host_mtu", network.mtu());
        if (nic.model() == NicModel.VIRTIO_NET_PCI) {
            // An empty ROM file: no network boot firmware is loaded, which a pack need not carry.
            device.with("romfile", "");
        }
        return List.of("-netdev", netdev.toString(), "-device", device.toString());
    }

    private static String deviceName(NicModel model) {
        return switch (model) {
            case VIRTIO_NET_DEVICE -> "virtio-net-device";
            case VIRTIO_NET_PCI -> "virtio-net-pci";
        };
    }

    /**
     * QEMU's own seccomp filter, on top of the container's: it may neither start programs nor gain privileges. Debian's small build comes
     * without it and stops at the option.
     */
    private static List<String> confinement(PackKind kind) {
        return switch (kind) {
            case FULL -> List.of("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
            case MICROVM -> List.of();
        };
    }
}

package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.LaunchPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Composes QEMU command lines: an argument list, never a string that something splits again. */
public final class Qemu implements Vmm {
    /** How a plan names it. */
    public static final String NAME = "qemu";

    /** The full pack runs whatever the small one does. */
    @Override
    public List<PackKind> packs(LaunchPlan plan) {
        return List.of(PackKind.smallestFor(plan), PackKind.FULL);
    }

    @Override
    public String remedyWithoutKvm() {
        return "set spec.accelerator to Emulation or Auto";
    }

    @Override
    public boolean takesOpenTap() {
        return true;
    }

    @Override
    public VmmCommand command(GuestLaunch launch) throws RefusedException {
        var plan = launch.plan();
        PlanRules.check(plan);
        StorageRules.check(plan);
        var argv = new ArrayList<>(launch.pack().program());
        argv.addAll(QemuMachine.words(plan));
        argv.addAll(identityAndConsole(launch));
        argv.addAll(QemuMachine.exitDevices(launch));
        argv.addAll(QemuBoot.words(launch));
        argv.addAll(QemuNetwork.words(launch));
        argv.addAll(QemuVolumes.files(launch));
        argv.addAll(QemuVolumes.disks(plan));
        argv.addAll(QemuVolumes.entropy(plan));
        argv.addAll(QemuMachine.confinement(launch.pack().kind()));
        var environment = new TreeMap<>(launch.pack().environment());
        environment.putAll(QemuBoot.environment(launch));
        return new VmmCommand(List.copyOf(argv), environment, ExitTable.of(plan.exitCodes()));
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
}

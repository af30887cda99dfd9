package dev.skete.agent;

import dev.skete.api.Accelerator;
import dev.skete.api.Boot;
import dev.skete.api.Console;
import dev.skete.api.Defaults;
import dev.skete.api.Entropy;
import dev.skete.api.FailureReason;
import dev.skete.api.LaunchPlan;
import dev.skete.api.MachineType;
import dev.skete.api.Nic;
import dev.skete.api.NicModel;
import dev.skete.api.Quoting;
import dev.skete.api.Shutdown;
import dev.skete.api.Stdin;
import dev.skete.api.VnetHeader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan for a small guest on a microvm, with what a test wants otherwise. */
final class TestPlan {
    private String vmm = "qemu";
    private Accelerator accelerator = Accelerator.Emulation;
    private MachineType machine = MachineType.microvm;
    private Map<Integer, Integer> exitCodes = Map.of();
    private @Nullable Console console;
    private int stopSeconds;
    private @Nullable Path initrd;
    private boolean fromDisk;

    TestPlan accelerator(Accelerator wanted) {
        accelerator = wanted;
        return this;
    }

    TestPlan exitCodes(Map<Integer, Integer> wanted) {
        exitCodes = wanted;
        return this;
    }

    /** With a line that means that the guest did not boot, and the status for it. */
    TestPlan bootFailure(String text, int status) {
        return failure(text, FailureReason.BootFailed, status);
    }

    /** With a line that means that the guest is lost, and the status for it. */
    TestPlan failure(String text, FailureReason reason, int status) {
        console = new Console("exit status ", List.of(new Console.Failure(text, reason, status)));
        return this;
    }

    /** For another VMM than QEMU, on KVM. */
    TestPlan vmm(String wanted) {
        vmm = wanted;
        return accelerator(Accelerator.KVM);
    }

    /** A PC, whose power button is pressed so many seconds before it is switched off. */
    TestPlan powerButton(int seconds) {
        machine = MachineType.q35;
        stopSeconds = seconds;
        return this;
    }

    /** With this beside the kernel. */
    TestPlan initrd(Path file) {
        initrd = file;
        return this;
    }

    /** A PC that boots the file as a disk instead. */
    TestPlan disk() {
        machine = MachineType.q35;
        fromDisk = true;
        return this;
    }

    private Boot boot(Path file) {
        return fromDisk
                ? new Boot(null, null, file.toString())
                : new Boot(file.toString(), initrd == null ? null : initrd.toString(), null);
    }

    LaunchPlan of(Path kernel) {
        boolean isPc = machine == MachineType.q35;
        return new LaunchPlan(
                LaunchPlan.CURRENT_VERSION,
                vmm,
                accelerator,
                new LaunchPlan.MachinePlan(machine, isPc ? Map.of() : Map.of("acpi", "off"), null, Defaults.EXIT_PORT),
                16,
                1,
                boot(kernel),
                new Nic(isPc ? NicModel.VIRTIO_NET_PCI : NicModel.VIRTIO_NET_DEVICE, Map.of(), VnetHeader.Disabled),
                fromDisk ? List.of() : List.of("${args}"),
                "${name}=${value}",
                Quoting.Posix,
                List.of(),
                exitCodes,
                isPc ? Shutdown.ACPI : Shutdown.None,
                List.of(8080),
                Stdin.Closed,
                LaunchPlan.Storage.NONE,
                Entropy.None,
                console,
                stopSeconds);
    }
}

package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.GuestPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the machine boots: a kernel with its command line, or a disk image. */
final class QemuBoot {
    private QemuBoot() {}

    static List<String> words(GuestLaunch launch) throws RefusedException {
        var commandLine = GuestCommandLine.of(launch);
        var disk = launch.plan().boot().disk();
        if (disk == null) {
            return kernel(launch, commandLine);
        }
        if (!commandLine.isEmpty()) {
            throw new RefusedException(
                    RefusalReason.BadPlan,
                    "a guest that boots from a disk has no command line, and its runtime gives it one; remove the runtime's"
                            + " commandLine, or boot a kernel");
        }
        return disk(launch, disk);
    }

    private static List<String> kernel(GuestLaunch launch, String commandLine) {
        var boot = launch.plan().boot();
        var words = new ArrayList<String>();
        if (boot.kernel() != null) {
            words.addAll(List.of("-kernel", boot.kernel()));
        }
        if (boot.initrd() != null) {
            words.addAll(List.of("-initrd", boot.initrd()));
        }
        if (!commandLine.isEmpty()) {
            words.addAll(List.of("-append", commandLine));
        }
        return words;
    }

    private static List<String> disk(GuestLaunch launch, String image) {
        var drive = QemuOption.of("if=none")
                .with("id", "boot")
                .with("format", "raw")
                // The image is read-only: what the guest writes goes to a file that has no name and ends with QEMU.
                .with("snapshot", "on")
                .with("file", image);
        var device = QemuOption.of(VirtioBus.of(launch.plan()).device("virtio-blk"))
                .with("drive", "boot")
                .with("bootindex", 0);
        return List.of("-drive", drive.toString(), "-device", device.toString());
    }

    /** What QEMU needs in its environment to boot this. */
    static Map<String, String> environment(GuestLaunch launch) {
        return launch.plan().boot().disk() == null ? Map.of() : Map.of("TMPDIR", GuestPaths.SCRATCH);
    }
}

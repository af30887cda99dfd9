package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.DiskAccess;
import dev.skete.api.Entropy;
import dev.skete.api.GuestPaths;
import dev.skete.api.LaunchPlan;
import java.util.ArrayList;
import java.util.List;

/** The devices by which a guest reaches its volumes and the node's randomness. */
final class QemuVolumes {
    private QemuVolumes() {}

    static List<String> files(GuestLaunch launch) throws RefusedException {
        return switch (launch.plan().storage().files()) {
            case None -> List.of();
            case FwCfg -> FirmwareFiles.words(launch);
            case Virtio9p -> shares(launch.plan());
        };
    }

    /** QEMU's tags have at most 31 characters and a volume's name at most 20. */
    private static List<String> shares(LaunchPlan plan) {
        var words = new ArrayList<String>();
        for (var mount : plan.storage().mounts()) {
            var id = "files-" + mount.name();
            var share = QemuOption.of("local")
                    .with("id", id)
                    .with("path", GuestPaths.files(mount.name()))
                    // Owners and modes as they are; nothing is ever written.
                    .with("security_model", "none")
                    .with("readonly", "on");
            var device = QemuOption.of(VirtioBus.of(plan).device("virtio-9p"))
                    .with("fsdev", id)
                    .with("mount_tag", mount.name());
            words.addAll(List.of("-fsdev", share.toString(), "-device", device.toString()));
        }
        return words;
    }

    /** QEMU's serial numbers have at most 20 characters, as a volume's name has. */
    static List<String> disks(LaunchPlan plan) {
        var words = new ArrayList<String>();
        for (var disk : plan.storage().disks()) {
            var id = "disk-" + disk.name();
            var drive = QemuOption.of("if=none")
                    .with("id", id)
                    .with("format", "raw")
                    // Not through the node's page cache: it would count as the pod's memory, and keep what a guest
                    // believes to be written.
                    .with("cache", "none")
                    .with("discard", "unmap");
            if (disk.access() == DiskAccess.ReadOnly) {
                drive.with("readonly", "on");
            }
            drive.with("file", GuestPaths.disk(disk.name()));
            var device = QemuOption.of(VirtioBus.of(plan).device("virtio-blk"))
                    .with("drive", id)
                    .with("serial", disk.name());
            words.addAll(List.of("-drive", drive.toString(), "-device", device.toString()));
        }
        return words;
    }

    /** The kernel's own generator, which never blocks once the node has started. */
    static List<String> entropy(LaunchPlan plan) {
        if (plan.entropy() == Entropy.None) {
            return List.of();
        }
        var source = QemuOption.of("rng-random").with("id", "entropy").with("filename", "/dev/urandom");
        var device = QemuOption.of(VirtioBus.of(plan).device("virtio-rng")).with("rng", "entropy");
        return List.of("-object", source.toString(), "-device", device.toString());
    }
}

package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Entropy;
import dev.skete.api.FileChannel;
import dev.skete.api.LaunchPlan;
import dev.skete.api.MachineType;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** {@link PlanRules} for volumes, disks and what else takes a place on the machine's bus. */
final class StorageRules {
    private static final Predicate<String> VOLUME_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?").asMatchPredicate();
    private static final Predicate<String> MOUNT_PATH =
            Pattern.compile("(/[A-Za-z0-9._+@=-]{1,255}){1,128}").asMatchPredicate();

    private StorageRules() {}

    static void check(LaunchPlan plan) throws RefusedException {
        var storage = plan.storage();
        names(
                "storage.mounts",
                storage.mounts().stream().map(LaunchPlan.Mount::name).toList());
        names(
                "storage.disks",
                storage.disks().stream().map(LaunchPlan.Disk::name).toList());
        for (var mount : storage.mounts()) {
            require(MOUNT_PATH.test(mount.path()), "storage.mounts has a path that is not a plain absolute path");
        }
        require(
                storage.mounts().isEmpty() || storage.files() != FileChannel.None,
                "storage.mounts need storage.files to be FwCfg or Virtio9p");
        // Debian's SeaBIOS for microvm was tried, and finds no disk.
        require(
                plan.boot().disk() == null || plan.machine().type() != MachineType.microvm,
                "boot.disk needs machine.type q35 or pc: a microvm's firmware boots no disk");
        require(
                plan.boot().disk() == null || plan.boot().initrd() == null,
                "boot.initrd needs a kernel that reads it, and boot.disk has none");
        room(plan);
    }

    private static void room(LaunchPlan plan) throws RefusedException {
        int room = VirtioBus.room(plan);
        int network = 1;
        int devices = network
                + plan.storage().disks().size()
                + (plan.boot().disk() == null ? 0 : 1)
                + (plan.storage().files() == FileChannel.Virtio9p
                        ? plan.storage().mounts().size()
                        : 0)
                + (plan.entropy() == Entropy.None ? 0 : 1);
        require(
                devices <= room,
                "volumes make %d virtio devices and this machine has room for %d; use fewer volumes (projected joins several)"
                        .formatted(devices, room));
    }

    private static void names(String field, List<String> names) throws RefusedException {
        for (var name : names) {
            require(VOLUME_NAME.test(name), field + " has a name that is not a volume's");
        }
        require(new HashSet<>(names).size() == names.size(), field + " has a name twice");
    }

    private static void require(boolean holds, String rule) throws RefusedException {
        if (!holds) {
            throw new RefusedException(RefusalReason.BadPlan, "launch plan: " + rule);
        }
    }
}

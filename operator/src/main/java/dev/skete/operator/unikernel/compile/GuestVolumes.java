package dev.skete.operator.unikernel.compile;

import dev.skete.api.Boot;
import dev.skete.api.GuestDevice;
import dev.skete.api.GuestMount;
import dev.skete.api.GuestPaths;
import dev.skete.api.GuestVolume;
import dev.skete.api.LaunchPlan;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeDevice;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a guest's pod has beside its image: the volumes that the guest uses, and room for what it writes to a boot disk. */
record GuestVolumes(Wanted wanted, Boot boot) {
    /** Longer than a user's volume name may be, so never one. */
    private static final String SCRATCH = "skete-scratch-directory";

    /** A volume that nothing mounts is left out, so that what it refers to need not be there. */
    List<Volume> ofPod() {
        var used = new HashSet<String>();
        wanted.volumeMounts().forEach(m -> used.add(m.name()));
        wanted.volumeDevices().forEach(d -> used.add(d.name()));
        var own = wanted.volumes().stream().filter(v -> used.contains(v.name())).map(GuestVolumes::volume);
        return Stream.concat(own, scratch().stream()).toList();
    }

    private Optional<Volume> scratch() {
        return bootsDisk()
                ? Optional.of(new VolumeBuilder()
                        .withName(SCRATCH)
                        .withEmptyDir(new EmptyDirVolumeSource())
                        .build())
                : Optional.empty();
    }

    private static Volume volume(GuestVolume volume) {
        return new VolumeBuilder()
                .withName(volume.name())
                .withConfigMap(volume.configMap())
                .withSecret(volume.secret())
                .withDownwardAPI(volume.downwardAPI())
                .withProjected(volume.projected())
                .withPersistentVolumeClaim(volume.persistentVolumeClaim())
                .build();
    }

    List<VolumeMount> mounts() {
        var files = wanted.volumeMounts().stream()
                .map(m -> new VolumeMountBuilder()
                        .withName(m.name())
                        .withMountPath(GuestPaths.files(m.name()))
                        .withReadOnly(true)
                        .build());
        var scratch = scratch().stream()
                .map(v -> new VolumeMountBuilder()
                        .withName(v.getName())
                        .withMountPath(GuestPaths.SCRATCH)
                        .build());
        return Stream.concat(files, scratch).toList();
    }

    List<VolumeDevice> devices() {
        return wanted.volumeDevices().stream()
                .map(d -> new VolumeDevice(GuestPaths.disk(d.name()), d.name()))
                .toList();
    }

    boolean hasFiles() {
        return !wanted.volumeMounts().isEmpty();
    }

    /**
     * Whether the kubelet may give the mounted files to the guests' group, so that a Secret of mode 0400 can be read. On a claim it would
     * change the owner of files that others may use too.
     */
    boolean filesMayChangeGroup() {
        return hasFiles()
                && wanted.volumeMounts().stream()
                        .noneMatch(m -> wanted.claim(m.name()).isPresent());
    }

    List<LaunchPlan.Mount> planMounts() {
        return wanted.volumeMounts().stream()
                .map((GuestMount m) -> new LaunchPlan.Mount(m.name(), m.mountPath()))
                .toList();
    }

    List<LaunchPlan.Disk> planDisks() {
        return wanted.volumeDevices().stream()
                .map((GuestDevice d) -> new LaunchPlan.Disk(d.name(), wanted.access(d.name())))
                .toList();
    }

    private boolean bootsDisk() {
        return boot.disk() != null;
    }
}

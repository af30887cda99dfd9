package dev.skete.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contract between the operator, which writes it, and the node agent, which launches from it: a runtime resolved for one Unikernel,
 * without node facts. It travels as JSON in the guest container's {@value #VARIABLE} variable.
 *
 * <p>Plans outlive the release that wrote them, in the pods of guests that run. So a field that is added is {@code @Nullable}, and null
 * means what was before: then older plans are read as they were meant, the plans of guests that do not use it stay the same text, and
 * nothing restarts at an upgrade. What cannot be said so needs a new version.
 *
 * @param console what to look for on the console; null to look for nothing
 * @param stopSeconds how long a guest that is told to stop may take after its power button was pressed; 0 to end it at once
 */
public record LaunchPlan(
        int version,
        String vmm,
        Accelerator accelerator,
        MachinePlan machine,
        int memoryMiB,
        int cpus,
        Boot boot,
        Nic nic,
        List<String> commandLine,
        String envFormat,
        Quoting quoting,
        List<String> env,
        Map<Integer, Integer> exitCodes,
        Shutdown shutdown,
        List<Integer> ports,
        Stdin stdin,
        Storage storage,
        Entropy entropy,
        @Nullable Console console,
        int stopSeconds) {

    /** The version this code writes and reads. */
    public static final int CURRENT_VERSION = 1;

    /** The environment variable that carries the plan. */
    public static final String VARIABLE = "SKETE_PLAN";

    /**
     * The machine, resolved for the plan's accelerator.
     *
     * @param cpu QEMU's CPU model; null leaves QEMU's default
     * @param exitPort the I/O port by which the guest ends QEMU: writing N there gives exit status 2N+1
     */
    public record MachinePlan(
            MachineType type,
            Map<String, String> options,
            @Nullable String cpu,
            int exitPort) {}

    /**
     * What a guest sees of its volumes.
     *
     * @param disks the volumes that are disks, in their order
     */
    public record Storage(FileChannel files, List<Mount> mounts, String mountFormat, List<Disk> disks) {
        /** No volumes. */
        public static final Storage NONE = new Storage(FileChannel.None, List.of(), Defaults.MOUNT_FORMAT, List.of());
    }

    /** A volume, by name, and where the guest finds its files. */
    public record Mount(String name, String path) {}

    /** A volume, by name, that is a disk. */
    public record Disk(String name, DiskAccess access) {}
}

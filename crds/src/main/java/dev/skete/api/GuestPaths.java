package dev.skete.api;

/** Where a guest's container has what is not in its image. The operator puts it there, and the node agent tells the VMM. */
public final class GuestPaths {
    /** One directory for each mounted volume, by the volume's name. */
    public static final String FILES = "/skete-files";

    /** Tells the launcher to list what is below {@link #FILES}; not set for guests without mounts. */
    public static final String FILES_VARIABLE = "SKETE_FILES";

    /** A directory that the VMM may write to, for guests that boot a disk. */
    public static final String SCRATCH = "/skete-scratch";

    private static final String DISK = "/dev/skete-";

    private GuestPaths() {}

    /** The mounted volume of that name. */
    public static String files(String volume) {
        return FILES + "/" + volume;
    }

    /** The block device of the volume of that name. */
    public static String disk(String volume) {
        return DISK + volume;
    }
}

package dev.skete.agent.device;

import dev.skete.agent.linux.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A character device node that belongs to the guests' group, so that the node's own {@code /dev/kvm} and {@code /dev/net/tun} keep their
 * owners. The numbers are fixed by Linux: Documentation/admin-guide/devices.txt.
 */
public enum DeviceNode {
    TUN("tun", 10, 200),
    KVM("kvm", 10, 232);

    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int OWNER_AND_GROUP = 0660;

    private final String fileName;
    private final int major;
    private final int minor;

    DeviceNode(String fileName, int major, int minor) {
        this.fileName = fileName;
        this.major = major;
        this.minor = minor;
    }

    /**
     * Makes the node, or leaves it if it is right already. A node that is wrong, or a link, is replaced and never followed.
     *
     * @param directory a directory that only root can write
     * @throws IOException if it cannot be made; needs CAP_MKNOD, and the group among the agent's own (or CAP_CHOWN)
     */
    public void ensure(Path directory, int gid) throws IOException {
        var path = directory.resolve(fileName);
        if (isRight(path, gid)) {
            return;
        }
        Files.createDirectories(directory);
        Files.deleteIfExists(path);
        Libc.makeCharacterDevice(path.toString(), major, minor);
        // mknod's mode is cut by the umask, and its group is the agent's.
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    }

    private boolean isRight(Path path, int gid) throws IOException {
        try {
            var right = Map.of(
                    "mode",
                    CHARACTER_DEVICE | OWNER_AND_GROUP,
                    "rdev",
                    (long) major << 8 | minor,
                    "uid",
                    0,
                    "gid",
                    gid);
            return right.equals(Files.readAttributes(path, "unix:mode,rdev,uid,gid", LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}

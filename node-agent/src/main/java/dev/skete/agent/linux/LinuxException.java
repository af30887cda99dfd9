package dev.skete.agent.linux;

import java.io.IOException;
import java.util.Map;

/** A system call that the kernel refused. */
public final class LinuxException extends IOException {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "EPERM"),
            Map.entry(2, "ENOENT"),
            Map.entry(3, "ESRCH"),
            Map.entry(5, "EIO"),
            Map.entry(9, "EBADF"),
            Map.entry(11, "EAGAIN"),
            Map.entry(13, "EACCES"),
            Map.entry(16, "EBUSY"),
            Map.entry(17, "EEXIST"),
            Map.entry(19, "ENODEV"),
            Map.entry(22, "EINVAL"),
            Map.entry(24, "EMFILE"),
            Map.entry(92, "ENOPROTOOPT"),
            Map.entry(95, "EOPNOTSUPP"),
            Map.entry(98, "EADDRINUSE"),
            Map.entry(99, "EADDRNOTAVAIL"));

    private final int errno;

    public LinuxException(String call, int errno) {
        super(call + ": " + NAMES.getOrDefault(errno, "errno " + errno));
        this.errno = errno;
    }

    /** The kernel's error number, as in errno(3). */
    public int errno() {
        return errno;
    }

    public boolean is(Errno expected) {
        return errno == expected.number();
    }

    /** The error numbers that callers act on. */
    public enum Errno {
        NO_ENTRY(2),
        EXISTS(17),
        BUSY(16),
        NO_DEVICE(19),
        NO_PROTOCOL_OPTION(92),
        ADDRESS_IN_USE(98);

        private final int number;

        Errno(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }
}

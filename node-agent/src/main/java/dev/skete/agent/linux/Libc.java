package dev.skete.agent.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Typed forms of the calls we need; each throws {@link LinuxException} with the kernel's own error. */
public final class Libc {
    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int OWNER_ONLY = 0600;
    private static final int PRIO_PROCESS = 0;
    private static final int LEAST_PRIORITY = 19;
    private static final long SIOCGSKNS = 0x894c;

    private Libc() {}

    /** mknod(2): makes a character device, for its owner only. What must hold: CAP_MKNOD, and nothing at the path. */
    public static void makeCharacterDevice(String path, int major, int minor) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            SystemCall.MKNOD.call(
                    arena.allocateFrom(path).address(), CHARACTER_DEVICE | OWNER_ONLY, (long) major << 8 | minor);
        }
    }

    /**
     * setpriority(2): a process of ours, and the threads that it will start, get what CPU others in the container leave. Anybody may ask for less.
     *
     * @param pid 0 for the calling thread and those that it will start
     */
    public static void giveWay(int pid) throws LinuxException {
        SystemCall.SETPRIORITY.call(PRIO_PROCESS, pid, LEAST_PRIORITY);
    }

    /** open(2). */
    public static int open(String path, int flags) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            return (int) SystemCall.OPEN.call(arena.allocateFrom(path).address(), flags);
        }
    }

    /** close(2); an error is not told, since the descriptor is gone either way. */
    public static void close(int fd) {
        try {
            SystemCall.CLOSE.call(fd);
        } catch (LinuxException _) {
            // Linux releases the descriptor even when close fails.
        }
    }

    public static void ioctl(int fd, long request, MemorySegment argument) throws LinuxException {
        SystemCall.IOCTL.call(fd, request, argument.address());
    }

    public static void ioctl(int fd, long request, long argument) throws LinuxException {
        SystemCall.IOCTL.call(fd, request, argument);
    }

    /** The network namespace that a socket was made in, as a descriptor (SIOCGSKNS, Linux 4.10 and later). Needs CAP_NET_ADMIN over it. */
    static int networkNamespaceOf(int socket) throws LinuxException {
        return (int) SystemCall.IOCTL.call(socket, SIOCGSKNS, 0L);
    }

    /** setns(2): moves the calling thread, and only it, to another namespace. */
    static void setns(int fd, int type) throws LinuxException {
        SystemCall.SETNS.call(fd, type);
    }

    /** unshare(2): moves the calling thread, and only it, to a new namespace. */
    static void unshare(int types) throws LinuxException {
        SystemCall.UNSHARE.call(types);
    }

    public static int socket(int domain, int type, int protocol) throws LinuxException {
        return (int) SystemCall.SOCKET.call(domain, type, protocol);
    }

    public static void bind(int fd, MemorySegment address) throws LinuxException {
        SystemCall.BIND.call(fd, address.address(), address.byteSize());
    }

    public static void listen(int fd, int backlog) throws LinuxException {
        SystemCall.LISTEN.call(fd, backlog);
    }

    public static void send(int fd, MemorySegment bytes) throws LinuxException {
        SystemCall.SENDTO.call(fd, bytes.address(), bytes.byteSize());
    }

    /** sendto(2). */
    public static void sendTo(int fd, MemorySegment bytes, MemorySegment address) throws LinuxException {
        SystemCall.SENDTO.call(fd, bytes.address(), bytes.byteSize(), 0, address.address(), address.byteSize());
    }

    /** recv(2); returns how many bytes came. */
    public static int receive(int fd, MemorySegment buffer) throws LinuxException {
        return (int) SystemCall.RECVFROM.call(fd, buffer.address(), buffer.byteSize());
    }

    public static int intOption(int fd, int level, int option) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            SystemCall.GETSOCKOPT.call(fd, level, option, value.address(), length.address());
            return value.get(JAVA_INT, 0);
        }
    }

    public static void option(int fd, int level, int option, MemorySegment value) throws LinuxException {
        SystemCall.SETSOCKOPT.call(fd, level, option, value.address(), value.byteSize());
    }

    /** pidfd_open(2). */
    static int pidfdOpen(int pid) throws LinuxException {
        return (int) SystemCall.PIDFD_OPEN.call(pid, 0);
    }

    /** poll(2) of one descriptor for reading, without waiting. */
    static boolean readable(int fd) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            poll.set(JAVA_INT, 0, fd);
            poll.set(java.lang.foreign.ValueLayout.JAVA_SHORT, 4, (short) 1);
            return SystemCall.POLL.call(poll.address(), 1, 0) > 0;
        }
    }
}

package dev.skete.agent.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Typed forms of the calls we need; each throws {@link LinuxException} with the kernel's own error. */
public final class Libc {
    private static final NativeCall OPEN = NativeCall.variadic("open", 2, ADDRESS, JAVA_INT);
    private static final NativeCall MKNOD = NativeCall.of("mknod", ADDRESS, JAVA_INT, JAVA_LONG);
    private static final NativeCall CLOSE = NativeCall.of("close", JAVA_INT);
    private static final NativeCall IOCTL = NativeCall.variadic("ioctl", 2, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final NativeCall IOCTL_VALUE = NativeCall.variadic("ioctl", 2, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final NativeCall SETNS = NativeCall.of("setns", JAVA_INT, JAVA_INT);
    private static final NativeCall UNSHARE = NativeCall.of("unshare", JAVA_INT);
    private static final NativeCall SOCKET = NativeCall.of("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final NativeCall BIND = NativeCall.of("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final NativeCall LISTEN = NativeCall.of("listen", JAVA_INT, JAVA_INT);
    private static final NativeCall SEND = NativeCall.of("send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final NativeCall RECV = NativeCall.of("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final NativeCall GETSOCKOPT =
            NativeCall.of("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final NativeCall SETSOCKOPT =
            NativeCall.of("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final NativeCall SYSCALL = NativeCall.variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final NativeCall POLL = NativeCall.of("poll", ADDRESS, JAVA_LONG, JAVA_INT);
    private static final NativeCall SETPRIORITY = NativeCall.of("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);

    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int OWNER_ONLY = 0600;
    private static final int PRIO_PROCESS = 0;
    private static final int LEAST_PRIORITY = 19;
    private static final long SIOCGSKNS = 0x894c;

    private Libc() {}

    /** mknod(2): makes a character device, for its owner only. What must hold: CAP_MKNOD, and nothing at the path. */
    public static void makeCharacterDevice(String path, int major, int minor) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            MKNOD.call(arena.allocateFrom(path), CHARACTER_DEVICE | OWNER_ONLY, (long) major << 8 | minor);
        }
    }

    /**
     * setpriority(2): a process of ours, and the threads that it will start, get what CPU others in the container leave. Anybody may ask for less.
     *
     * @param pid 0 for the calling thread and those that it will start
     */
    public static void giveWay(int pid) throws LinuxException {
        SETPRIORITY.call(PRIO_PROCESS, pid, LEAST_PRIORITY);
    }

    /** open(2). */
    public static int open(String path, int flags) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            return (int) OPEN.call(arena.allocateFrom(path), flags);
        }
    }

    /** close(2); an error is not told, since the descriptor is gone either way. */
    public static void close(int fd) {
        try {
            CLOSE.call(fd);
        } catch (LinuxException _) {
            // Linux releases the descriptor even when close fails.
        }
    }

    public static void ioctl(int fd, long request, MemorySegment argument) throws LinuxException {
        IOCTL.call(fd, request, argument);
    }

    public static void ioctl(int fd, long request, long argument) throws LinuxException {
        IOCTL_VALUE.call(fd, request, argument);
    }

    /** The network namespace that a socket was made in, as a descriptor (SIOCGSKNS, Linux 4.10 and later). Needs CAP_NET_ADMIN over it. */
    static int networkNamespaceOf(int socket) throws LinuxException {
        return (int) IOCTL_VALUE.call(socket, SIOCGSKNS, 0L);
    }

    /** setns(2): moves the calling thread, and only it, to another namespace. */
    static void setns(int fd, int type) throws LinuxException {
        SETNS.call(fd, type);
    }

    /** unshare(2): moves the calling thread, and only it, to a new namespace. */
    static void unshare(int types) throws LinuxException {
        UNSHARE.call(types);
    }

    public static int socket(int domain, int type, int protocol) throws LinuxException {
        return (int) SOCKET.call(domain, type, protocol);
    }

    public static void bind(int fd, MemorySegment address) throws LinuxException {
        BIND.call(fd, address, (int) address.byteSize());
    }

    public static void listen(int fd, int backlog) throws LinuxException {
        LISTEN.call(fd, backlog);
    }

    public static void send(int fd, MemorySegment bytes) throws LinuxException {
        SEND.call(fd, bytes, bytes.byteSize(), 0);
    }

    /** recv(2); returns how many bytes came. */
    public static int receive(int fd, MemorySegment buffer) throws LinuxException {
        return (int) RECV.call(fd, buffer, buffer.byteSize(), 0);
    }

    public static int intOption(int fd, int level, int option) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            GETSOCKOPT.call(fd, level, option, value, length);
            return value.get(JAVA_INT, 0);
        }
    }

    public static void option(int fd, int level, int option, MemorySegment value) throws LinuxException {
        SETSOCKOPT.call(fd, level, option, value, (int) value.byteSize());
    }

    /** pidfd_open(2), by number because Debian 12's C library has no name for it. */
    static int pidfdOpen(int pid) throws LinuxException {
        return (int) SYSCALL.call(434L, (long) pid, 0L);
    }

    /** poll(2) of one descriptor for reading, without waiting. */
    static boolean readable(int fd) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            poll.set(JAVA_INT, 0, fd);
            poll.set(java.lang.foreign.ValueLayout.JAVA_SHORT, 4, (short) 1);
            return POLL.call(poll, 1L, 0) > 0;
        }
    }
}

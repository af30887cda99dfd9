package dev.skete.agent.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.skete.agent.linux.Libc;
import dev.skete.agent.linux.LinuxException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Sockets opened inside a pod's network namespace, as descriptors that any thread can use afterwards. */
final class PodSockets {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK_CLOEXEC = 04000 | 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_BROADCAST = 6;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_BINDTODEVICE = 25;
    private static final int LOOPBACK = 0x7f000001;
    private static final int BROADCAST = 0xffffffff;
    private static final int DISCARD_PORT = 9;
    private static final int BACKLOG = 16;

    private PodSockets() {}

    /** A UDP socket on port 67 that hears and speaks on the tap only. Binding to a port below 1024 needs CAP_NET_BIND_SERVICE or a
     * lowered limit in the namespace; to a device, CAP_NET_RAW or, since Linux 5.7, nothing. */
    static int dhcpServer(String tap) throws LinuxException {
        int fd = Libc.socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK_CLOEXEC, 0);
        try (var arena = Arena.ofConfined()) {
            MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
            Libc.option(fd, SOL_SOCKET, SO_REUSEADDR, on);
            Libc.option(fd, SOL_SOCKET, SO_BROADCAST, on);
            Libc.option(fd, SOL_SOCKET, SO_BINDTODEVICE, arena.allocateFrom(tap, StandardCharsets.US_ASCII));
            Libc.bind(fd, address(arena, 0, DhcpMessage.SERVER_PORT));
            return fd;
        } catch (LinuxException e) {
            Libc.close(fd);
            throw e;
        }
    }

    /**
     * Sends, to all by the tap, a datagram that nobody wants: to port 9, which discards (RFC 863).
     *
     * @param dhcp the socket that {@link #dhcpServer} opened
     */
    static void discarded(int dhcp) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            Libc.sendTo(dhcp, arena.allocate(1), address(arena, BROADCAST, DISCARD_PORT));
        }
    }

    /**
     * A TCP socket that listens on the pod's loopback, where kubectl port-forward dials. It shares the port with other sockets of ours: a
     * container that restarts is wired while the event loop still closes those of its last life.
     */
    static int loopback(int port) throws LinuxException {
        int fd = Libc.socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK_CLOEXEC, 0);
        try (var arena = Arena.ofConfined()) {
            Libc.option(fd, SOL_SOCKET, SO_REUSEPORT, arena.allocateFrom(JAVA_INT, 1));
            Libc.bind(fd, address(arena, LOOPBACK, port));
            Libc.listen(fd, BACKLOG);
            return fd;
        } catch (LinuxException e) {
            Libc.close(fd);
            throw e;
        }
    }

    /** struct sockaddr_in: the family in the machine's order, port and address in the network's. */
    private static MemorySegment address(Arena arena, int address, int port) {
        var bytes = ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_INET)
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) port)
                .putInt(address);
        return arena.allocateFrom(JAVA_BYTE, bytes.array());
    }
}

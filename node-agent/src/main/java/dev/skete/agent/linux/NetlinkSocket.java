package dev.skete.agent.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A connection to the kernel's routing configuration, rtnetlink(7), of the network namespace it was opened in. */
public final class NetlinkSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int HEADER = 16;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLM_F_REQUEST = 1;
    private static final int NLM_F_ACK = 4;
    private static final int NLM_F_DUMP = 0x300;
    /** More than the kernel puts into one datagram of a dump (net/netlink/af_netlink.c: 32 KiB). */
    private static final int BUFFER = 64 * 1024;

    private final int fd;
    private int sequence;

    private NetlinkSocket(int fd) {
        this.fd = fd;
    }

    public static NetlinkSocket open() throws LinuxException {
        return new NetlinkSocket(Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0));
    }

    /** Asks for a change; returns when the kernel has made it, throws what it refused with. */
    public void change(String what, int type, int flags, byte[] body) throws IOException {
        send(type, NLM_F_REQUEST | NLM_F_ACK | flags, body);
        collect(what);
    }

    /** Asks for a list; returns the bodies of the answers, in the machine's byte order. */
    public List<ByteBuffer> dump(String what, int type, byte[] body) throws IOException {
        send(type, NLM_F_REQUEST | NLM_F_DUMP, body);
        return collect(what);
    }

    private void send(int type, int flags, byte[] body) throws LinuxException {
        var message = ByteBuffer.allocate(HEADER + body.length).order(ByteOrder.nativeOrder());
        message.putInt(HEADER + body.length).putShort((short) type).putShort((short) flags);
        message.putInt(++sequence).putInt(0).put(body);
        try (var arena = Arena.ofConfined()) {
            Libc.send(fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, message.array()));
        }
    }

    private List<ByteBuffer> collect(String what) throws IOException {
        List<ByteBuffer> bodies = new ArrayList<>();
        try (var arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER);
            while (true) {
                int length = Libc.receive(fd, buffer);
                var datagram = ByteBuffer.wrap(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE))
                        .order(ByteOrder.nativeOrder());
                if (take(what, datagram, bodies)) {
                    return bodies;
                }
            }
        }
    }

    /** Takes the messages of one datagram; returns whether it held the end of the answer. */
    private boolean take(String what, ByteBuffer datagram, List<ByteBuffer> bodies) throws IOException {
        while (datagram.remaining() >= HEADER) {
            int start = datagram.position();
            int length = datagram.getInt(start);
            int type = datagram.getShort(start + 4);
            boolean ours = datagram.getInt(start + 8) == sequence;
            if (length < HEADER || length > datagram.remaining()) {
                throw new IOException(what + ": the kernel's answer is cut short");
            }
            if (ours && type == NLMSG_DONE) {
                return true;
            }
            if (ours && type == NLMSG_ERROR) {
                int error = datagram.getInt(start + HEADER);
                if (error != 0) {
                    throw new LinuxException(what, -error);
                }
                return true;
            }
            if (ours) {
                bodies.add(datagram.slice(start + HEADER, length - HEADER).order(ByteOrder.nativeOrder()));
            }
            datagram.position(Math.min(datagram.limit(), start + (length + 3 & ~3)));
        }
        return false;
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}

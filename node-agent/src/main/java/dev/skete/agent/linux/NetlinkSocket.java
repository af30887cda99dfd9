package dev.skete.agent.linux;

import dev.skete.agent.linux.LinuxException.Errno;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection to the kernel's routing configuration, rtnetlink(7), of the network namespace it was opened in. For the thread that opened it. */
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

    private static final long SIOCGIFINDEX = 0x8933;
    private final int fd;
    private final Arena memory = Arena.ofConfined();
    /** One for all answers: memory comes zeroed, which for this much takes longer than a question to the kernel. */
    private final MemorySegment buffer = memory.allocate(BUFFER);

    private int sequence;

    private NetlinkSocket(int fd) {
        this.fd = fd;
    }

    public static NetlinkSocket open() throws LinuxException {
        return new NetlinkSocket(Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0));
    }

    /**
     * Something for the kernel to change.
     *
     * @param what in words, for the error
     * @param type of the message, RTM_*
     * @param flags of the request, NLM_F_*
     */
    public record Change(String what, int type, int flags, byte[] body) {}

    /** The number of a device, if there is one of that name; netdevice(7). Unlike a list of devices, this waits for no lock of the kernel. */
    public Optional<Integer> deviceIndex(String name) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            var request = InterfaceRequest.of(arena, name);
            Libc.ioctl(fd, SIOCGIFINDEX, request.segment());
            return Optional.of(request.index());
        } catch (LinuxException e) {
            if (e.is(Errno.NO_DEVICE)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Asks for changes, in this order and all at once: each of them takes the lock that all network configuration of the node shares, which
     * is contended while pods start, and who asks again has to wait again.
     *
     * @throws LinuxException what the kernel refused the first of those with that it refused
     */
    public void change(Change... changes) throws IOException {
        if (changes.length == 0) {
            return;
        }
        int first = sequence + 1;
        int last = sequence + changes.length;
        var messages = new ByteArrayOutputStream();
        for (var change : changes) {
            // Of the others, the kernel tells only errors, and in their order.
            int acknowledge = sequence + 1 == last ? NLM_F_ACK : 0;
            messages.writeBytes(message(change.type(), NLM_F_REQUEST | acknowledge | change.flags(), change.body()));
        }
        send(messages.toByteArray());
        int[] errors = new int[changes.length];
        while (!takeAnswers(receive(), first, errors)) {
            // More datagrams follow.
        }
        for (int i = 0; i < errors.length; i++) {
            if (errors[i] != 0) {
                throw new LinuxException(changes[i].what(), errors[i]);
            }
        }
    }

    /** Notes the errors that one datagram tells of; returns whether it held the answer to the last change. */
    private static boolean takeAnswers(ByteBuffer datagram, int first, int[] errors) throws IOException {
        boolean ended = false;
        while (datagram.remaining() >= HEADER) {
            int start = datagram.position();
            int length = checkedLength("change", datagram, start);
            int index = datagram.getInt(start + 8) - first;
            if (datagram.getShort(start + 4) == NLMSG_ERROR && index >= 0 && index < errors.length) {
                errors[index] = -datagram.getInt(start + HEADER);
                ended |= index == errors.length - 1;
            }
            datagram.position(Math.min(datagram.limit(), start + aligned(length)));
        }
        return ended;
    }

    /** Asks for a list; returns the bodies of the answers, in the machine's byte order. */
    public List<ByteBuffer> dump(String what, int type, byte[] body) throws IOException {
        send(message(type, NLM_F_REQUEST | NLM_F_DUMP, body));
        List<ByteBuffer> bodies = new ArrayList<>();
        while (!take(what, receive(), bodies)) {
            // More datagrams follow.
        }
        return bodies;
    }

    private byte[] message(int type, int flags, byte[] body) {
        return ByteBuffer.allocate(aligned(HEADER + body.length))
                .order(ByteOrder.nativeOrder())
                .putInt(HEADER + body.length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(++sequence)
                .putInt(0)
                .put(body)
                .array();
    }

    private void send(byte[] messages) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            Libc.send(fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, messages));
        }
    }

    private ByteBuffer receive() throws LinuxException {
        int length = Libc.receive(fd, buffer);
        return ByteBuffer.wrap(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE))
                .order(ByteOrder.nativeOrder());
    }

    /** Takes the messages of one datagram; returns whether it held the end of the answer. */
    private boolean take(String what, ByteBuffer datagram, List<ByteBuffer> bodies) throws IOException {
        while (datagram.remaining() >= HEADER) {
            int start = datagram.position();
            int length = checkedLength(what, datagram, start);
            int type = datagram.getShort(start + 4);
            boolean ours = datagram.getInt(start + 8) == sequence;
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
            datagram.position(Math.min(datagram.limit(), start + aligned(length)));
        }
        return false;
    }

    private static int checkedLength(String what, ByteBuffer datagram, int start) throws IOException {
        int length = datagram.getInt(start);
        if (length < HEADER || length > datagram.limit() - start) {
            throw new IOException(what + ": the kernel's answer is cut short");
        }
        return length;
    }

    /** Messages begin at multiples of four bytes. */
    private static int aligned(int length) {
        return (length + 3) & ~3;
    }

    @Override
    public void close() {
        memory.close();
        Libc.close(fd);
    }
}

package dev.skete.agent.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Hands open files to other processes (SCM_RIGHTS, unix(7)). */
public final class PassedDescriptor {
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
    private static final int IOVEC = 16;
    private static final int MSGHDR = 56;
    private static final int CMSG_HEADER = 16;
    private static final int CMSG_SPACE = 24;

    private PassedDescriptor() {}

    /**
     * Sends a message, and with its first byte a descriptor, of which the receiver gets one of its own. Does not wait.
     *
     * <p>What must hold: nothing that was written to the socket before is still in this process.
     *
     * @param socket a connected unix socket
     * @throws IOException if the message did not go out whole
     */
    public static void send(int socket, byte[] message, int descriptor) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var header = header(arena, arena.allocateFrom(JAVA_BYTE, message), rights(arena, descriptor));
            long sent = SystemCall.SENDMSG.call(socket, header.address(), MSG_DONTWAIT_NOSIGNAL);
            if (sent != message.length) {
                throw new IOException("only %d of %d bytes were sent".formatted(sent, message.length));
            }
        }
    }

    /** struct cmsghdr, and a descriptor behind it. */
    private static MemorySegment rights(Arena arena, int descriptor) {
        var control = arena.allocate(CMSG_SPACE, 8);
        control.set(JAVA_LONG, 0, CMSG_HEADER + Integer.BYTES);
        control.set(JAVA_INT, 8, SOL_SOCKET);
        control.set(JAVA_INT, 12, SCM_RIGHTS);
        control.set(JAVA_INT, CMSG_HEADER, descriptor);
        return control;
    }

    /** struct msghdr, of one struct iovec. */
    private static MemorySegment header(Arena arena, MemorySegment data, MemorySegment control) {
        var vector = arena.allocate(IOVEC, 8);
        vector.set(ADDRESS, 0, data);
        vector.set(JAVA_LONG, 8, data.byteSize());
        var header = arena.allocate(MSGHDR, 8);
        header.set(ADDRESS, 16, vector);
        header.set(JAVA_LONG, 24, 1);
        header.set(ADDRESS, 32, control);
        header.set(JAVA_LONG, 40, control.byteSize());
        return header;
    }
}

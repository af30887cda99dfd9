package dev.skete.agent.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.skete.agent.linux.Libc;
import dev.skete.agent.linux.LinuxException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Sees every frame that passes a device of the node, packet(7). Needs root. */
final class Capture implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final short ETH_P_ALL = 3;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int LARGEST_FRAME = 65536;

    private final int fd;

    Capture(String device) throws IOException {
        // No protocol, so that nothing is heard before the socket is bound to the device.
        fd = Libc.socket(AF_PACKET, SOCK_RAW, 0);
        int index = NetworkInterface.getByName(device).getIndex();
        try (var arena = Arena.ofConfined()) {
            Libc.option(fd, SOL_SOCKET, SO_RCVTIMEO, arena.allocateFrom(JAVA_LONG, 5L, 0L));
            var address = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder());
            address.putShort((short) AF_PACKET)
                    .putShort(Short.reverseBytes(ETH_P_ALL))
                    .putInt(index);
            Libc.bind(fd, arena.allocateFrom(JAVA_BYTE, address.array()));
        }
    }

    /** Every frame up to one like the last. */
    List<byte[]> until(Predicate<byte[]> last) throws LinuxException {
        List<byte[]> frames = new ArrayList<>();
        try (var arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(LARGEST_FRAME);
            do {
                int length = Libc.receive(fd, buffer);
                frames.add(buffer.asSlice(0, length).toArray(JAVA_BYTE));
            } while (!last.test(frames.getLast()));
        }
        return frames;
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}

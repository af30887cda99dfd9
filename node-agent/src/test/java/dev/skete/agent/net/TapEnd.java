package dev.skete.agent.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.skete.agent.linux.Libc;
import dev.skete.agent.linux.LinuxException;
import dev.skete.api.VnetHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A tap held open, as a VMM holds its guest's: whole Ethernet frames, without a virtio-net header. */
final class TapEnd implements AutoCloseable {
    private static final MethodHandle READ = link("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE = link("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle POLL = link("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final long TUNSETIFF = 0x400454ca;
    private static final int TAP_WITHOUT_PACKET_INFORMATION = 0x1002;
    private static final int VIRTIO_NET_HEADER = 0x4000;
    private static final int LARGEST_FRAME = 65536;

    private final int fd;
    private final int headerLength;

    private TapEnd(int fd, int headerLength) {
        this.fd = fd;
        this.headerLength = headerLength;
    }

    /** Opens a tap of the calling thread's network namespace; makes one, for as long as it is open, if there is none. */
    static TapEnd open(String name, VnetHeader header) throws LinuxException {
        int fd = Libc.open("/dev/net/tun", 02 | 02000000);
        try (var arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(40, 8);
            request.copyFrom(MemorySegment.ofArray(name.getBytes(StandardCharsets.US_ASCII)));
            int flags = TAP_WITHOUT_PACKET_INFORMATION | (header == VnetHeader.Enabled ? VIRTIO_NET_HEADER : 0);
            request.set(JAVA_SHORT, 16, (short) flags);
            Libc.ioctl(fd, TUNSETIFF, request);
            return of(fd, header);
        } catch (LinuxException e) {
            Libc.close(fd);
            throw e;
        }
    }

    /** One that is open already. */
    static TapEnd of(int fd, VnetHeader header) {
        return new TapEnd(fd, header == VnetHeader.Enabled ? 10 : 0);
    }

    void send(byte[] frame) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(headerLength + frame.length);
            MemorySegment.copy(frame, 0, bytes, JAVA_BYTE, headerLength, frame.length);
            call(WRITE, fd, bytes, bytes.byteSize());
        }
    }

    /** The next frame, if one comes in time. */
    Optional<byte[]> receive(int millis) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            poll.set(JAVA_INT, 0, fd);
            poll.set(JAVA_SHORT, 4, (short) 1);
            if (call(POLL, poll, 1L, millis) < 1) {
                return Optional.empty();
            }
            MemorySegment buffer = arena.allocate(LARGEST_FRAME);
            long length = call(READ, fd, buffer, buffer.byteSize());
            return length <= headerLength
                    ? Optional.empty()
                    : Optional.of(
                            buffer.asSlice(headerLength, length - headerLength).toArray(JAVA_BYTE));
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }

    private static long call(MethodHandle function, Object... arguments) {
        try {
            return ((Number) function.invokeWithArguments(arguments)).longValue();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle link(
            String name, java.lang.foreign.MemoryLayout returns, java.lang.foreign.MemoryLayout... parameters) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(returns, parameters));
    }
}

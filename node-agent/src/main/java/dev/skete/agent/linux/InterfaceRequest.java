package dev.skete.agent.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** struct ifreq of netdevice(7): a network device's name, and behind it what is asked or told of the device. */
public record InterfaceRequest(MemorySegment segment) {
    private static final int SIZE = 40;
    private static final int IFNAMSIZ = 16;

    /** Names a device, by at most 15 characters. */
    public static InterfaceRequest of(Arena arena, String name) {
        MemorySegment segment = arena.allocate(SIZE, 8);
        segment.setString(0, name, StandardCharsets.US_ASCII);
        return new InterfaceRequest(segment);
    }

    /** With {@code ifr_flags}. */
    public InterfaceRequest flags(int flags) {
        segment.set(ValueLayout.JAVA_SHORT, IFNAMSIZ, (short) flags);
        return this;
    }

    /** What the kernel answered as {@code ifr_ifindex}. */
    int index() {
        return segment.get(ValueLayout.JAVA_INT, IFNAMSIZ);
    }
}

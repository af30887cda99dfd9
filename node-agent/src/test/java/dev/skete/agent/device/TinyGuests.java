package dev.skete.agent.device;

import java.nio.ByteBuffer;

/** Guests of a few bytes, made from the boot probe's. */
public final class TinyGuests {
    private static final int CODE_AT = 144;

    private TinyGuests() {}

    /** Writes 0x2a to isa-debug-exit after a moment, which ends QEMU with status 85. */
    public static byte[] thatExits() {
        return ProbeGuest.elf();
    }

    /** Sleeps for ever: hlt, and again. */
    public static byte[] thatSleeps() {
        return startingWith(0xf4, 0xeb, 0xfd);
    }

    /** Executes ud2 without any handler: a triple fault. */
    public static byte[] thatCrashes() {
        return startingWith(0x0f, 0x0b);
    }

    private static byte[] startingWith(int... code) {
        var elf = ByteBuffer.wrap(ProbeGuest.elf()).position(CODE_AT);
        for (int octet : code) {
            elf.put((byte) octet);
        }
        return elf.array();
    }
}

package dev.skete.agent.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Guests of a few bytes, made from the boot probe's. */
public final class TinyGuests {
    private static final int BASE = 0x100000;
    private static final int CODE_AT = 144;
    /** Where the one segment's size in the file and in memory stand. */
    private static final int SIZES_AT = 52 + 16;

    private static final byte[] SLEEP = code(0xf4, 0xeb, 0xfd); // hlt; jmp hlt
    private static final byte[] CRASH = code(0x0f, 0x0b); // ud2
    private static final byte[] EXIT = code(0xb0, 0x2a, 0xe6, 0xf4); // mov al, 0x2a; out 0xf4, al
    /** Half a second or so, in which QEMU's monitor can greet the agent: mov ecx, 100 million; dec ecx; jnz. */
    private static final byte[] PAUSE = code(0xb9, 0x00, 0xe1, 0xf5, 0x05, 0x49, 0x75, 0xfd);

    private TinyGuests() {}

    /** Writes 0x2a to isa-debug-exit after a moment, which ends QEMU with status 85. */
    public static byte[] thatExits() {
        return ProbeGuest.elf();
    }

    /** Sleeps for ever: hlt, and again. */
    public static byte[] thatSleeps() {
        return elf(SLEEP);
    }

    /** Executes ud2 without any handler: a triple fault. */
    public static byte[] thatCrashes() {
        return elf(CRASH);
    }

    /** Writes every byte there is to the serial port, again and again. */
    public static byte[] thatFloods() {
        // mov dx, 0x3f8; out dx, al; inc al; jmp out
        return elf(code(0x66, 0xba, 0xf8, 0x03, 0xee, 0xfe, 0xc0, 0xeb, 0xfb));
    }

    /** Tells pvpanic, at its port, that it panicked. */
    public static byte[] thatPanics() {
        // mov dx, 0x505; mov al, 1; out dx, al
        return elf(PAUSE, code(0x66, 0xba, 0x05, 0x05, 0xb0, 0x01, 0xee), SLEEP);
    }

    /** Jumps to where there is no memory. KVM cannot fetch instructions from devices, and gives up on the guest. */
    public static byte[] thatKvmGivesUp() {
        // mov eax, 0xf0000000; jmp eax
        return elf(code(0xb8, 0x00, 0x00, 0x00, 0xf0, 0xff, 0xe0));
    }

    /** Ends with status 85 as soon as the power button of its PC is pressed. SeaBIOS puts the ACPI registers at 0x600. */
    public static byte[] thatHearsThePowerButton() {
        return elf(
                // mov dx, 0x602; mov ax, 0x100; out dx, ax: the button's event is on
                code(0x66, 0xba, 0x02, 0x06, 0x66, 0xb8, 0x00, 0x01, 0x66, 0xef),
                // mov dx, 0x600; in ax, dx; test ah, 1; jz in
                code(0x66, 0xba, 0x00, 0x06, 0x66, 0xed, 0xf6, 0xc4, 0x01, 0x74, 0xf9),
                EXIT);
    }

    /** Writes this to the serial port after a moment, and sleeps. */
    public static byte[] thatSays(String text) {
        return elf(PAUSE, saying(PAUSE.length, text), SLEEP);
    }

    /** Writes this and crashes, which is QEMU's status 0. */
    public static byte[] thatSaysAndCrashes(String text) {
        return elf(saying(0, text), CRASH);
    }

    /** Writes this and ends with status 85. */
    public static byte[] thatSaysAndExits(String text) {
        return elf(saying(0, text), EXIT);
    }

    /** The text, of which each character is a byte, lies in the code, which jumps over it and then writes it byte by byte. */
    private static byte[] saying(int at, String text) {
        var bytes = (text + "\0").getBytes(StandardCharsets.ISO_8859_1);
        // jmp over
        return ByteBuffer.allocate(5 + bytes.length + 17)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xe9)
                .putInt(bytes.length)
                .put(bytes)
                // mov esi, text; mov dx, 0x3f8
                .put((byte) 0xbe)
                .putInt(BASE + CODE_AT + at + 5)
                .put(code(0x66, 0xba, 0xf8, 0x03))
                // lodsb; test al, al; jz end; out dx, al; jmp lodsb
                .put(code(0xac, 0x84, 0xc0, 0x74, 0x03, 0xee, 0xeb, 0xf8))
                .array();
    }

    private static byte[] elf(byte[]... parts) {
        var headers = ByteBuffer.wrap(ProbeGuest.elf(), 0, CODE_AT);
        int size = CODE_AT + Stream.of(parts).mapToInt(part -> part.length).sum();
        var elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(headers);
        Stream.of(parts).forEach(elf::put);
        return elf.putInt(SIZES_AT, size).putInt(SIZES_AT + 4, size).array();
    }

    private static byte[] code(int... octets) {
        var bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }
}

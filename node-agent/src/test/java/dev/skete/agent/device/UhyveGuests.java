package dev.skete.agent.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Guests of uhyve's of a few bytes: ELF files with the note of a Hermit kernel, and hypercalls by port (crate uhyve-interface, v2): 0x1020
 * prints the byte in edi, 0x1010 ends with the status in edi. They use no instruction that a slow KVM does not know.
 */
public final class UhyveGuests {
    private static final int HEADER = 64;
    private static final int SEGMENT = 56;
    private static final int NOTE_AT = HEADER + 2 * SEGMENT;
    private static final int NOTE = 24;
    private static final int CODE_AT = NOTE_AT + NOTE;

    private UhyveGuests() {}

    /** Prints the six bytes of its network device's MAC address, which uhyve has at 0xd8 of its PCI configuration, and ends with 7. */
    public static byte[] thatPrintsItsMac() {
        return elf(
                0xb9, 0xd8, 0x00, 0x00, 0x80, // mov ecx, 0x800000d8
                0x89, 0xc8, // next: mov eax, ecx
                0x66, 0xba, 0xf8, 0x0c, 0xef, // mov dx, 0xcf8; out dx, eax
                0x66, 0xba, 0xfc, 0x0c, 0xec, // mov dx, 0xcfc; in al, dx
                0x0f, 0xb6, 0xf8, // movzx edi, al
                0x66, 0xba, 0x20, 0x10, 0xef, // mov dx, 0x1020; out dx, eax
                0xff, 0xc1, // inc ecx
                0x81, 0xf9, 0xde, 0x00, 0x00, 0x80, // cmp ecx, 0x800000de
                0x75, 0xe2, // jne next
                0xbf, 0x07, 0x00, 0x00, 0x00, // mov edi, 7
                0x66, 0xba, 0x10, 0x10, 0xef); // mov dx, 0x1010; out dx, eax
    }

    /** Sleeps for ever. */
    public static byte[] thatSleeps() {
        return elf(0xf4, 0xeb, 0xfd); // hlt; jmp hlt
    }

    /** Executes ud2 without any handler: a triple fault. */
    public static byte[] thatCrashes() {
        return elf(0x0f, 0x0b);
    }

    private static byte[] elf(int... code) {
        var file = ByteBuffer.allocate(CODE_AT + code.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, (byte) 0xff}).position(16); // 64 bits; Hermit's ABI
        file.putShort((short) 3).putShort((short) 62).putInt(1); // relocatable, x86-64
        file.putLong(CODE_AT).putLong(HEADER).putLong(0).putInt(0);
        file.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) 2);
        file.position(HEADER);
        segment(file, 1, 5, 0, file.capacity());
        segment(file, 4, 4, NOTE_AT, NOTE);
        file.putInt(7).putInt(1).putInt(0x5a00); // the version of Hermit's entry
        file.put("HERMIT\0\0".getBytes(StandardCharsets.US_ASCII)).putInt(4);
        for (int octet : code) {
            file.put((byte) octet);
        }
        return file.array();
    }

    private static void segment(ByteBuffer file, int type, int flags, int offset, int size) {
        file.putInt(type).putInt(flags).putLong(offset).putLong(offset).putLong(offset);
        file.putLong(size).putLong(size).putLong(4);
    }
}

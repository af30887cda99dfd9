package dev.skete.agent.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The smallest guest that tells real KVM from one that only looks present: it runs a fixed loop, which an emulated KVM takes seconds for,
 * and an SSE instruction, which KVM's own emulator does not know. Then it ends QEMU through isa-debug-exit.
 * <p>
 * A 32-bit ELF file that starts by the PVH protocol (xen/include/public/arch-x86/hvm/start_info.h): one segment, one note.
 */
final class ProbeGuest {
    private static final int STATUS = 0x2a;

    /** What QEMU ends with when the guest got through: isa-debug-exit makes 2N+1 of N. */
    static final int EXIT_STATUS = 2 * STATUS + 1;

    private static final int LOOPS = 200_000_000;
    private static final int BASE = 0x100000;
    private static final int HEADER = 52;
    private static final int SEGMENT = 32;
    private static final int NOTE_AT = HEADER + 2 * SEGMENT;
    private static final int NOTE = 20;
    private static final int CODE_AT = 144;
    private static final int XEN_ELFNOTE_PHYS32_ENTRY = 18;

    private ProbeGuest() {}

    static byte[] elf() {
        var code = code();
        var file = ByteBuffer.allocate(CODE_AT + code.length).order(ByteOrder.LITTLE_ENDIAN);
        elfHeader(file);
        segment(file, 1, 0, file.capacity());
        segment(file, 4, NOTE_AT, NOTE);
        file.putInt(4).putInt(4).putInt(XEN_ELFNOTE_PHYS32_ENTRY);
        file.put("Xen\0".getBytes(StandardCharsets.US_ASCII)).putInt(BASE + CODE_AT);
        file.position(CODE_AT).put(code);
        return file.array();
    }

    private static byte[] code() {
        var code = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        code.put(bytes(0x0f, 0x20, 0xe0)); // mov eax, cr4
        code.put(bytes(0x0d)).putInt(0x600); // or eax, OSFXSR | OSXMMEXCPT
        code.put(bytes(0x0f, 0x22, 0xe0)); // mov cr4, eax
        code.put(bytes(0xb9)).putInt(LOOPS); // mov ecx, LOOPS
        code.put(bytes(0x49)); // loop: dec ecx
        code.put(bytes(0x75, 0xfd)); // jnz loop
        code.put(bytes(0x0f, 0x57, 0xc0)); // xorps xmm0, xmm0
        code.put(bytes(0x0f, 0x58, 0xc0)); // addps xmm0, xmm0
        code.put(bytes(0xb0, STATUS)); // mov al, STATUS
        code.put(bytes(0xe6, 0xf4)); // out 0xf4, al
        code.put(bytes(0xf4)); // hlt
        code.put(bytes(0xeb, 0xfd)); // jmp hlt
        return code.array();
    }

    private static void elfHeader(ByteBuffer file) {
        file.put(bytes(0x7f, 'E', 'L', 'F', 1, 1, 1)).position(16);
        file.putShort((short) 2).putShort((short) 3).putInt(1); // executable, i386
        file.putInt(BASE + CODE_AT).putInt(HEADER).putInt(0).putInt(0);
        file.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) 2);
        file.position(HEADER);
    }

    private static void segment(ByteBuffer file, int type, int offset, int size) {
        file.putInt(type).putInt(offset).putInt(BASE + offset).putInt(BASE + offset);
        file.putInt(size).putInt(size).putInt(5).putInt(4);
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}

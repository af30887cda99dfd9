package dev.skete.agent.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes netlink attributes: u16 length, u16 type, payload, padding to four bytes; numbers in the machine's byte order. */
final class Attributes {
    private final ByteBuffer buffer = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());

    /** The fixed part in front of the attributes. */
    Attributes raw(byte[] bytes) {
        buffer.put(bytes);
        return this;
    }

    Attributes bytes(int type, byte[] payload) {
        buffer.putShort((short) (4 + payload.length)).putShort((short) type).put(payload);
        return pad();
    }

    Attributes number(int type, int value) {
        return bytes(
                type,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
    }

    /** A NUL-terminated string. */
    Attributes text(int type, String text) {
        return bytes(type, (text + '\0').getBytes(StandardCharsets.US_ASCII));
    }

    Attributes nested(int type, Consumer<Attributes> content) {
        var inner = new Attributes();
        content.accept(inner);
        return bytes(type, inner.toBytes());
    }

    byte[] toBytes() {
        var bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        return bytes;
    }

    /** Reads the attributes that follow a message's fixed part. */
    static Map<Integer, ByteBuffer> read(ByteBuffer body, int fixed) {
        Map<Integer, ByteBuffer> attributes = new HashMap<>();
        int at = fixed;
        while (at + 4 <= body.limit()) {
            int length = body.getShort(at) & 0xffff;
            int type = body.getShort(at + 2) & 0x3fff;
            if (length < 4 || at + length > body.limit()) {
                break;
            }
            attributes.put(type, body.slice(at + 4, length - 4).order(ByteOrder.nativeOrder()));
            at += length + 3 & ~3;
        }
        return attributes;
    }

    private Attributes pad() {
        while (buffer.position() % 4 != 0) {
            buffer.put((byte) 0);
        }
        return this;
    }
}

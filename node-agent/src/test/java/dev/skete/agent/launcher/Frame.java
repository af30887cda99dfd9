package dev.skete.agent.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** One message of the launch protocol: a type, three zero bytes, a little-endian length and as many bytes. */
record Frame(char type, byte[] payload) {
    static final int HEADER = 8;
    static final int LIMIT = 256 * 1024;

    static Frame text(char type, String text) {
        return new Frame(type, text.getBytes(UTF_8));
    }

    static Frame list(char type, List<String> strings) {
        return text(type, String.join("", strings.stream().map(s -> s + "\0").toList()));
    }

    String text() {
        return new String(payload, UTF_8);
    }

    /** The strings of a list; what follows the last NUL is the last element, so it must be empty. */
    List<String> list() {
        var parts = List.of(text().split("\0", -1));
        return parts.subList(0, parts.size() - 1);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(HEADER + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putInt(payload.length)
                .put(payload)
                .array();
    }
}

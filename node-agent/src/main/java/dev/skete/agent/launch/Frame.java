package dev.skete.agent.launch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One message of the launch protocol: a type, three zero bytes, a little-endian length, and a payload. */
record Frame(byte type, byte[] payload) {
    /** Type, padding and length, in bytes. */
    static final int HEADER = 8;
    /** The longest payload either side accepts, in bytes. */
    static final int MAX_PAYLOAD = 256 * 1024;

    /** The most words of a list: each costs more memory than it has bytes. */
    static final int MAX_WORDS = 4096;
    /** The longest console line a launcher tells of, in bytes. */
    static final int MAX_CONSOLE_LINE = 512;
    /** The longest reason a launcher gives for a VMM that does not start, in bytes. */
    static final int MAX_REASON = 2048;

    // From the launcher.
    static final byte ARGUMENTS = 'A';
    static final byte ENVIRONMENT = 'E';
    static final byte RESOLV_CONF = 'D';
    static final byte FILES = 'F';
    static final byte LAUNCH = 'L';
    static final byte ALREADY_RUNNING = 'P';
    static final byte STARTED = 'S';
    static final byte NOT_STARTED = 'N';
    static final byte CONSOLE_FAILURE = 'C';
    static final byte STOPPING = 'T';
    static final byte ENDED = 'Q';
    // From the agent; E is used both ways.
    static final byte INTERFACE = 'I';
    static final byte VMM_ARGUMENTS = 'V';
    static final byte CONSOLE_RULES = 'W';
    static final byte GRACE = 'G';
    static final byte EXIT_TABLE = 'X';
    static final byte END = 'K';
    static final byte REFUSAL = 'R';

    static Frame ofText(byte type, String text) {
        return new Frame(type, text.getBytes(StandardCharsets.UTF_8));
    }

    static Frame ofList(byte type, List<String> words) {
        var text = new StringBuilder();
        words.forEach(word -> text.append(word).append('\0'));
        return ofText(type, text.toString());
    }

    /** As it is sent. */
    byte[] bytes() {
        return ByteBuffer.allocate(HEADER + payload.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type)
                .put(new byte[3])
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    /** For messages: a letter, or a number where a peer sent what is none. */
    String typeName() {
        return type > ' ' && type < 0x7f ? Character.toString(type) : "0x%02x".formatted(type);
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /**
     * The payload as a list of NUL-terminated strings.
     *
     * @throws ProtocolException if the last one is not terminated, or there are more than {@link #MAX_WORDS}
     */
    List<String> list() throws ProtocolException {
        if (payload.length > 0 && payload[payload.length - 1] != 0) {
            throw new ProtocolException("list of type %s is cut short".formatted(typeName()));
        }
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < payload.length; i++) {
            if (payload[i] == 0) {
                if (words.size() == MAX_WORDS) {
                    throw new ProtocolException(
                            "list of type %s has more than %d words".formatted(typeName(), MAX_WORDS));
                }
                words.add(new String(payload, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        return List.copyOf(words);
    }

    /**
     * The payload as a decimal number that is not negative.
     *
     * @throws ProtocolException if it is not one
     */
    int number() throws ProtocolException {
        var digits = text();
        if (!digits.matches("[0-9]{1,9}")) {
            throw new ProtocolException("frame of type %s holds no number".formatted(typeName()));
        }
        return Integer.parseInt(digits);
    }
}

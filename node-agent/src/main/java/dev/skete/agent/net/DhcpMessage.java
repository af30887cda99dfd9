package dev.skete.agent.net;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A DHCP message from a client, RFC 2131: only what an answer depends on.
 *
 * @param type option 53
 * @param header the first 44 bytes: operation to the client's hardware address, which an answer repeats
 */
record DhcpMessage(Type type, byte[] header, MacAddress client, Map<Integer, byte[]> options) {
    static final int SERVER_PORT = 67;
    static final int CLIENT_PORT = 68;
    static final int MAGIC = 0x63825363;
    /** Offset of the options: header, server name, boot file name and the magic cookie are before them. */
    static final int OPTIONS_AT = 240;

    private static final int BOOT_REQUEST = 1;
    private static final int ETHERNET = 1;
    private static final int OPTION_PAD = 0;
    private static final int OPTION_TYPE = 53;
    private static final int OPTION_END = 255;

    /** The messages that a client sends and a server answers. */
    enum Type {
        DISCOVER(1),
        REQUEST(3),
        INFORM(8);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        static Optional<Type> of(int code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }

    /** Reads a datagram; one that is not a well-formed request of a type that wants an answer gives nothing. */
    static Optional<DhcpMessage> parse(ByteBuffer datagram) {
        if (datagram.remaining() < OPTIONS_AT + 4) {
            return Optional.empty();
        }
        ByteBuffer message = datagram.slice();
        boolean request = message.get(0) == BOOT_REQUEST && message.get(1) == ETHERNET && message.get(2) == 6;
        if (!request || message.getInt(OPTIONS_AT - 4) != MAGIC) {
            return Optional.empty();
        }
        byte[] header = new byte[44];
        message.get(0, header);
        byte[] mac = new byte[6];
        message.get(28, mac);
        Map<Integer, byte[]> options = options(message.position(OPTIONS_AT));
        byte[] type = options.getOrDefault(OPTION_TYPE, new byte[0]);
        return type.length == 1
                ? Type.of(type[0]).map(known -> new DhcpMessage(known, header, MacAddress.of(mac), options))
                : Optional.empty();
    }

    /** Options up to the end mark; what is cut short ends the list. */
    private static Map<Integer, byte[]> options(ByteBuffer message) {
        Map<Integer, byte[]> options = new HashMap<>();
        while (message.hasRemaining()) {
            int code = message.get() & 0xff;
            if (code == OPTION_PAD) {
                continue;
            }
            if (code == OPTION_END || !message.hasRemaining()) {
                break;
            }
            int length = message.get() & 0xff;
            if (length > message.remaining()) {
                break;
            }
            byte[] value = new byte[length];
            message.get(value);
            options.put(code, value);
        }
        return options;
    }
}

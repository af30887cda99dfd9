package dev.skete.agent.net;

/** An Ethernet address, in the low 48 bits of a long. */
public record MacAddress(long bits) {

    static MacAddress of(byte[] bytes) {
        long bits = 0;
        for (byte b : bytes) {
            bits = (bits << 8) | (b & 0xff);
        }
        return new MacAddress(bits);
    }

    /** The first four bytes, as they stand in a frame. */
    int head() {
        return (int) (bits >>> 16);
    }

    /** The last two bytes. */
    int tail() {
        return (int) bits & 0xffff;
    }

    byte[] bytes() {
        var bytes = new byte[6];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bits >>> (8 * (5 - i)));
        }
        return bytes;
    }

    /** The usual form, {@code 02:00:0a:f4:01:05}. */
    @Override
    public String toString() {
        return "%02x:%02x:%02x:%02x:%02x:%02x"
                .formatted(
                        bits >> 40 & 0xff,
                        bits >> 32 & 0xff,
                        bits >> 24 & 0xff,
                        bits >> 16 & 0xff,
                        bits >> 8 & 0xff,
                        bits & 0xff);
    }
}

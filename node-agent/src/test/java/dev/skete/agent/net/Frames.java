package dev.skete.agent.net;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Ethernet frames as an evil guest could write them, each with a label inside by which it is known again. */
final class Frames {
    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int IPV6 = 0x86dd;
    static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    private static final Pattern LABEL = Pattern.compile("<<(.+?)>>");

    private Frames() {}

    static byte[] ethernet(MacAddress to, MacAddress from, int type, byte[] payload) {
        return ByteBuffer.allocate(14 + payload.length)
                .put(to.bytes())
                .put(from.bytes())
                .putShort((short) type)
                .put(payload)
                .array();
    }

    /** A frame inside a VLAN, IEEE 802.1Q. */
    static byte[] tagged(byte[] frame, int vlan) {
        return ByteBuffer.allocate(frame.length + 4)
                .put(frame, 0, 12)
                .putShort((short) 0x8100)
                .putShort((short) vlan)
                .put(frame, 12, frame.length - 12)
                .array();
    }

    /** To the discard service. */
    static byte[] udp(Inet4Address from, Inet4Address to, String label) {
        return udp(from, to, 9, label);
    }

    static byte[] udp(Inet4Address from, Inet4Address to, int port, String label) {
        return udp(from, 40000, to, port, label);
    }

    static byte[] udp(Inet4Address from, int fromPort, Inet4Address to, int port, String label) {
        byte[] text = text(label);
        return ipv4(
                from,
                to,
                17,
                ByteBuffer.allocate(8 + text.length)
                        .putShort((short) fromPort)
                        .putShort((short) port)
                        .putShort((short) (8 + text.length))
                        .putShort((short) 0)
                        .put(text)
                        .array());
    }

    /** An echo request; who answers it sends the label back. */
    static byte[] ping(Inet4Address from, Inet4Address to, String label) {
        byte[] text = text(label);
        var message = ByteBuffer.allocate(8 + text.length + text.length % 2);
        message.putInt(0x08000000).putInt(0x00010001).put(text);
        return ipv4(from, to, 1, message.putShort(2, checksum(message)).array());
    }

    private static byte[] ipv4(Inet4Address from, Inet4Address to, int protocol, byte[] payload) {
        var packet = ByteBuffer.allocate(20 + payload.length);
        packet.putShort((short) 0x4500).putShort((short) packet.capacity()).putInt(0);
        packet.put((byte) 64).put((byte) protocol).putShort((short) 0);
        packet.put(from.getAddress()).put(to.getAddress());
        packet.putShort(10, checksum(packet.slice(0, 20)));
        return packet.put(payload).array();
    }

    static byte[] arp(MacAddress sender, Inet4Address senderAddress, Inet4Address target, String label) {
        byte[] text = text(label);
        return ByteBuffer.allocate(28 + text.length)
                .putInt(0x00010800)
                .putInt(0x06040001)
                .put(sender.bytes())
                .put(senderAddress.getAddress())
                .put(new byte[6])
                .put(target.getAddress())
                .put(text)
                .array();
    }

    /** UDP without a checksum; receivers refuse that, routers do not look. */
    static byte[] udp6(byte[] from, byte[] to, String label) {
        byte[] text = text(label);
        return ByteBuffer.allocate(48 + text.length)
                .putInt(0x60000000)
                .putShort((short) (8 + text.length))
                .put((byte) 17)
                .put((byte) 64)
                .put(from)
                .put(to)
                .putInt(40000 << 16 | 9)
                .putInt((8 + text.length) << 16)
                .put(text)
                .array();
    }

    /** An advertisement of RFC 4861 (134: I am your router) by ICMPv6, to all nodes or to one. */
    static byte[] advertisement6(int type, byte[] from, byte[] to, String label) {
        byte[] text = text(label);
        return ByteBuffer.allocate(56 + text.length)
                .putInt(0x60000000)
                .putShort((short) (16 + text.length))
                .put((byte) 58)
                .put((byte) 255)
                .put(from)
                .put(to)
                .putInt(type << 24)
                .putInt(0x40000708)
                .putLong(0)
                .put(text)
                .array();
    }

    static byte[] text(String label) {
        return ("<<" + label + ">>").getBytes(StandardCharsets.US_ASCII);
    }

    /** The label of a frame that is one of these. */
    static Optional<String> label(byte[] frame) {
        var matcher = LABEL.matcher(new String(frame, StandardCharsets.ISO_8859_1));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** RFC 1071, over an even number of bytes. */
    private static short checksum(ByteBuffer bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.capacity(); i += 2) {
            sum += bytes.getShort(i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }
}

package dev.skete.agent.net;

import dev.skete.agent.net.DhcpMessage.Type;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a guest that asks by DHCP is told: its pod's own network, for ever, so that nothing depends on the agent afterwards. Options by RFC 2132,
 * classless routes by RFC 3442.
 */
record DhcpLease(PodNetwork network, Resolver resolver, String hostName) {
    private static final int OFFER = 2;
    private static final int ACKNOWLEDGE = 5;
    private static final int REFUSE = 6;
    private static final int REQUESTED_ADDRESS = 50;
    private static final int FOR_EVER = -1;
    private static final int SHORTEST = 300;
    /** The answerer's name for itself where the pod has no gateway: link-local, and never a peer. */
    private static final int SELF = 0xa9fe0101;

    /** The answer to a message, or none if it is not the pod's guest that asks. */
    Optional<ByteBuffer> answer(DhcpMessage message) {
        if (!message.client().equals(network.mac())) {
            return Optional.empty();
        }
        return Optional.of(
                switch (message.type()) {
                    case DISCOVER -> grant(message, OFFER);
                    case INFORM -> grant(message, ACKNOWLEDGE);
                    case REQUEST -> asksForAnother(message) ? refuse(message) : grant(message, ACKNOWLEDGE);
                });
    }

    /** A guest may ask for the address of an earlier life; it is told no, and asks anew. */
    private boolean asksForAnother(DhcpMessage message) {
        byte[] wanted = message.options().get(REQUESTED_ADDRESS);
        return wanted != null
                && wanted.length == 4
                && ByteBuffer.wrap(wanted).getInt() != Addresses.bits(network.address());
    }

    private ByteBuffer grant(DhcpMessage message, int type) {
        int own = message.type() == Type.INFORM ? 0 : Addresses.bits(network.address());
        ByteBuffer reply = header(message, own);
        option(reply, 53, (byte) type);
        word(reply, 54, server());
        if (message.type() != Type.INFORM) {
            word(reply, 51, FOR_EVER);
        }
        word(reply, 1, Addresses.mask(network.prefixLength()));
        network.gateway().ifPresent(gateway -> word(reply, 3, Addresses.bits(gateway)));
        addresses(reply, 6, resolver.nameServers());
        text(reply, 12, hostName);
        resolver.searchDomains().stream().findFirst().ifPresent(domain -> text(reply, 15, domain));
        option(reply, 26, (byte) (network.mtu() >> 8), (byte) network.mtu());
        routes(reply);
        return finished(reply);
    }

    private ByteBuffer refuse(DhcpMessage message) {
        ByteBuffer reply = header(message, 0);
        option(reply, 53, (byte) REFUSE);
        word(reply, 54, server());
        return finished(reply);
    }

    /** Old clients pass over messages that are shorter than BOOTP's (RFC 1542, 2.1). */
    private static ByteBuffer finished(ByteBuffer reply) {
        reply.put((byte) 255);
        return reply.position(Math.max(reply.position(), SHORTEST)).flip();
    }

    private int server() {
        return network.gateway().map(Addresses::bits).orElse(SELF);
    }

    /** operation 2, then what the client said, then the address it gets. */
    private static ByteBuffer header(DhcpMessage message, int yourAddress) {
        ByteBuffer reply = ByteBuffer.allocate(1024);
        reply.put(message.header()).put(0, (byte) 2).putInt(16, yourAddress);
        return reply.putInt(DhcpMessage.OPTIONS_AT - 4, DhcpMessage.MAGIC).position(DhcpMessage.OPTIONS_AT);
    }

    /** A gateway outside the prefix is reached by a route to itself on the link, which plain option 3 cannot say. */
    private void routes(ByteBuffer reply) {
        if (network.gateway().isEmpty() || network.gatewayOnLink()) {
            return;
        }
        int gateway = Addresses.bits(network.gateway().get());
        var routes = ByteBuffer.allocate(14);
        routes.put((byte) 32).putInt(gateway).putInt(0);
        routes.put((byte) 0).putInt(gateway);
        option(reply, 121, routes.array());
    }

    private static void addresses(ByteBuffer reply, int code, Collection<Inet4Address> addresses) {
        List<Inet4Address> some = addresses.stream().limit(3).toList();
        if (!some.isEmpty()) {
            var value = ByteBuffer.allocate(4 * some.size());
            some.forEach(address -> value.putInt(Addresses.bits(address)));
            option(reply, code, value.array());
        }
    }

    private static void text(ByteBuffer reply, int code, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > 0 && bytes.length <= 255) {
            option(reply, code, bytes);
        }
    }

    private static void word(ByteBuffer reply, int code, int value) {
        option(reply, code, ByteBuffer.allocate(4).putInt(value).array());
    }

    private static void option(ByteBuffer reply, int code, byte... value) {
        reply.put((byte) code).put((byte) value.length).put(value);
    }
}

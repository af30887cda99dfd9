package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DhcpLeaseTest {
    private static final MacAddress GUEST = new MacAddress(0x02_00_0a_f4_01_05L);
    private static final int DISCOVER = 1;
    private static final int REQUEST = 3;
    private static final int INFORM = 8;

    private final DhcpLease inASubnet = lease("10.244.1.5", 24, "10.244.1.1");

    @Test
    void anOfferSaysAllThatAGuestNeedsForEver() {
        Map<Integer, String> options = options(answer(inASubnet, message(GUEST, DISCOVER)));

        assertThat(options)
                .containsEntry(53, "02")
                .containsEntry(54, "0af40101")
                .containsEntry(51, "ffffffff")
                .containsEntry(1, "ffffff00")
                .containsEntry(3, "0af40101")
                .containsEntry(6, "0a60000a")
                .containsEntry(12, "68656c6c6f")
                .containsEntry(15, "7376632e6c6f63616c")
                .containsEntry(26, "0582")
                .doesNotContainKey(121);
    }

    @Test
    void theHeaderRepeatsTheClientsWordsAndGivesTheAddress() {
        byte[] question = message(GUEST, DISCOVER);
        ByteBuffer reply = answer(inASubnet, question);

        assertThat(reply.get(0)).isEqualTo((byte) 2);
        assertThat(reply.getInt(4)).isEqualTo(ByteBuffer.wrap(question).getInt(4));
        assertThat(reply.getInt(16)).isEqualTo(0x0af40105);
        assertThat(reply.remaining()).isGreaterThanOrEqualTo(300);
    }

    @Test
    void aGatewayOutsideThePrefixComesWithARouteToItself() {
        Map<Integer, String> options =
                options(answer(lease("10.244.1.5", 32, "169.254.1.1"), message(GUEST, DISCOVER)));

        assertThat(options)
                .containsEntry(1, "ffffffff")
                .containsEntry(121, "20" + "a9fe0101" + "00000000" + "00" + "a9fe0101");
    }

    @Test
    void aRequestForThePodsAddressIsAcknowledged() {
        assertThat(options(answer(inASubnet, message(GUEST, REQUEST, 50, 4, 10, 244, 1, 5))))
                .containsEntry(53, "05");
        assertThat(options(answer(inASubnet, message(GUEST, REQUEST)))).containsEntry(53, "05");
    }

    @Test
    void aRequestForTheAddressOfAnEarlierLifeIsRefused() {
        ByteBuffer reply = answer(inASubnet, message(GUEST, REQUEST, 50, 4, 10, 244, 1, 9));

        assertThat(options(reply)).containsEntry(53, "06").doesNotContainKeys(1, 3, 51);
        assertThat(reply.getInt(16)).isZero();
    }

    @Test
    void aGuestThatOnlyAsksForSettingsGetsNoLease() {
        ByteBuffer reply = answer(inASubnet, message(GUEST, INFORM));

        assertThat(options(reply)).containsEntry(53, "05").containsKey(6).doesNotContainKey(51);
        assertThat(reply.getInt(16)).isZero();
    }

    @Test
    void anotherMacGetsNoAnswer() {
        byte[] question = message(new MacAddress(0x02_00_0a_f4_01_06L), DISCOVER);

        assertThat(DhcpMessage.parse(ByteBuffer.wrap(question)).flatMap(inASubnet::answer))
                .isEmpty();
    }

    @Property
    void noiseIsNeverAnswered(@ForAll @Size(max = 1500) byte[] noise) {
        assertThat(DhcpMessage.parse(ByteBuffer.wrap(noise)).flatMap(inASubnet::answer))
                .isEmpty();
    }

    @Property
    void anyOptionsAreReadWithoutHarm(@ForAll @Size(max = 600) byte[] options) {
        byte[] head = message(GUEST, DISCOVER);
        byte[] question = ByteBuffer.allocate(head.length - 1 + options.length)
                .put(head, 0, head.length - 1)
                .put(options)
                .array();

        DhcpMessage.parse(ByteBuffer.wrap(question))
                .flatMap(inASubnet::answer)
                .ifPresent(reply -> assertThat(options(reply)).containsKey(53));
    }

    @Property
    void aMessageCutAnywhereIsReadWithoutHarm(@ForAll @IntRange(max = 250) int length) {
        byte[] question = message(GUEST, REQUEST, 50, 4, 10, 244, 1, 9);

        var read = DhcpMessage.parse(ByteBuffer.wrap(question, 0, Math.min(length, question.length)));

        assertThat(read.isPresent()).isEqualTo(length >= DhcpMessage.OPTIONS_AT + 4);
    }

    private static ByteBuffer answer(DhcpLease lease, byte[] question) {
        return DhcpMessage.parse(ByteBuffer.wrap(question))
                .flatMap(lease::answer)
                .orElseThrow();
    }

    private static DhcpLease lease(String address, int prefixLength, String gateway) {
        var network = new PodNetwork(
                "eth0",
                2,
                GUEST,
                1410,
                Inet4Address.ofLiteral(address),
                prefixLength,
                Optional.of(Inet4Address.ofLiteral(gateway)),
                List.of());
        return new DhcpLease(network, Resolver.parse("nameserver 10.96.0.10\nsearch svc.local local\n"), "hello");
    }

    /** A client's message with its type, more options as they stand in it, and the end mark. */
    private static byte[] message(MacAddress client, int type, int... more) {
        var message = ByteBuffer.allocate(DhcpMessage.OPTIONS_AT + 4 + more.length);
        message.putInt(0x01010600).putInt(0x1234_5678).position(28);
        message.put(client.bytes());
        message.position(DhcpMessage.OPTIONS_AT - 4).putInt(DhcpMessage.MAGIC);
        message.put((byte) 53).put((byte) 1).put((byte) type);
        for (int value : more) {
            message.put((byte) value);
        }
        return message.put((byte) 255).array();
    }

    /** The options of a reply, in hexadecimal. */
    private static Map<Integer, String> options(ByteBuffer reply) {
        Map<Integer, String> options = new HashMap<>();
        ByteBuffer rest = reply.duplicate().position(DhcpMessage.OPTIONS_AT);
        for (int code = rest.get() & 0xff; code != 255; code = rest.get() & 0xff) {
            byte[] value = new byte[rest.get() & 0xff];
            rest.get(value);
            options.put(code, HexFormat.of().formatHex(value));
        }
        return options;
    }
}

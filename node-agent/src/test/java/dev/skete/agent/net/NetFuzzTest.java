package dev.skete.agent.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.Fuzz;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What guests send by DHCP and what pods call their resolv.conf. */
class NetFuzzTest {
    private static final MacAddress MAC = new MacAddress(0x0a_58_0a_4e_00_02L);
    private static final PodNetwork NETWORK = new PodNetwork(
            "eth0",
            2,
            MAC,
            1450,
            Inet4Address.ofLiteral("10.78.0.2"),
            32,
            Optional.of(Inet4Address.ofLiteral("169.254.1.1")),
            List.of());
    private static final byte[] DISCOVER = discover();
    private static final byte[] RESOLV_CONF =
            "nameserver 10.96.0.10\nsearch shop.svc.cluster.local cluster.local\noptions ndots:5\n".getBytes(UTF_8);

    @Test
    void anyDatagramGetsAnAnswerOfThePodsOwnNetworkOrNone() {
        Fuzz.each(random -> {
            var lease = new DhcpLease(NETWORK, Resolver.parse(Fuzz.text(random, 40)), Fuzz.text(random, 300));
            var datagram = random.nextInt(4) == 0 ? Fuzz.bytes(random, 600) : Fuzz.mutated(random, DISCOVER);
            DhcpMessage.parse(ByteBuffer.wrap(datagram)).flatMap(lease::answer).ifPresent(reply -> {
                assertThat(reply.get(0)).isEqualTo((byte) 2);
                assertThat(reply.getInt(16)).isIn(0, Addresses.bits(NETWORK.address()));
            });
        });
    }

    @Test
    void anyResolvConfGivesOnlyAddressesAndNamesOfPlainCharacters() {
        Fuzz.each(random -> {
            var text = new String(Fuzz.mutated(random, RESOLV_CONF, "nameserver ", "search ", "0x7f.1"), UTF_8);
            var resolver = Resolver.parse(text);
            assertThat(resolver.nameServers()).doesNotContainNull();
            assertThat(resolver.searchDomains()).allMatch(name -> name.matches("[A-Za-z0-9_.-]+"));
        });
    }

    @Test
    void theDatagramThatIsMutatedIsAnswered() {
        var lease = new DhcpLease(NETWORK, new Resolver(List.of(), List.of()), "guest");
        assertThat(DhcpMessage.parse(ByteBuffer.wrap(DISCOVER)).flatMap(lease::answer))
                .isPresent();
    }

    private static byte[] discover() {
        var message = ByteBuffer.allocate(300).putInt(0x01010600).put(28, MAC.bytes());
        message.position(236).putInt(DhcpMessage.MAGIC);
        return message.put(new byte[] {53, 1, 1, 12, 3, 'a', 'b', 'c', (byte) 255})
                .array();
    }
}

package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skete.api.VnetHeader;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.net.Inet4Address;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against real network namespaces, with iproute2 as the judge. Needs root. */
class WiringIT {
    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final KernelPodNetworks networks = new KernelPodNetworks("/dev/net/tun", new PodServices(loop));
    private final TapRequest request = new TapRequest(
            65532,
            false,
            VnetHeader.Enabled,
            List.of(8080),
            Resolver.parse("nameserver 10.96.0.10"),
            "guest",
            TapMac.Own);

    private final TestPod pod = TestPod.inASubnet();

    @AfterEach
    void removePod() {
        pod.close();
        loop.shutdownGracefully();
    }

    @Test
    void theFactsAreThePodsOwn() throws WiringException {
        try (var wired = networks.wire(pod.process(), request)) {
            PodNetwork network = wired.network();
            assertThat(network.device()).isEqualTo("net1");
            assertThat(network.mtu()).isEqualTo(1400);
            assertThat(network.address().getHostAddress()).isEqualTo(pod.address());
            assertThat(network.prefixLength()).isEqualTo(24);
            assertThat(network.gateway())
                    .hasValueSatisfying(
                            gateway -> assertThat(gateway.getHostAddress()).isEqualTo(pod.node()));
            assertThat(pod.inside("ip", "link", "show", "net1"))
                    .contains(network.mac().toString());
        }
    }

    @Test
    void theTapIsTheGuestsAndStays() throws WiringException {
        networks.wire(pod.process(), request).close();

        assertThat(pod.inside("ip", "-d", "link", "show", "tap0"))
                .contains("mtu 1400", "UP", "persist on", "vnet_hdr on", "user 65532");
        assertThat(pod.inside("sysctl", "-n", "net.ipv4.conf.tap0.forwarding").strip())
                .isEqualTo("0");
    }

    @Test
    void aTapThatIsToHaveThePodsMacHasItAlsoOnceItIsOpen() throws Exception {
        var mac = pod.mac("net1");
        var pods = new TapRequest(0, false, VnetHeader.Enabled, List.of(), request.resolver(), "guest", TapMac.Pods);
        networks.wire(pod.process(), pods).close();
        assertThat(pod.mac("tap0")).isEqualTo(mac);

        try (var _ = pod.namespace().open(() -> TapEnd.open("tap0", VnetHeader.Enabled));
                var again = networks.wire(pod.process(), pods)) {
            assertThat(again.network().mac()).isEqualTo(mac);
            assertThat(pod.mac("tap0")).isEqualTo(mac);
        }
    }

    @Test
    void anyOtherTapHasAMacOfItsOwn() throws Exception {
        networks.wire(pod.process(), request).close();
        assertThat(pod.mac("tap0")).isNotEqualTo(pod.mac("net1"));
    }

    @Test
    void trafficIsRedirectedBothWays() throws WiringException {
        networks.wire(pod.process(), request).close();

        int own = Inet4Address.ofLiteral(pod.address()).hashCode();
        assertThat(pod.inside("tc", "filter", "show", "dev", "net1", "parent", "ffff:"))
                .contains("match 00000000/00000000 at 0", "mirred (Egress Redirect to device tap0) stolen");
        assertThat(pod.inside("tc", "filter", "show", "dev", "tap0", "parent", "ffff:"))
                .contains(
                        "bytecode '4,32 0 0 30,21 0 1 2852039166,6 0 0 2,6 0 0 4294967295'",
                        "match %08x/ffffffff at 12".formatted(own),
                        "mirred (Egress Redirect to device net1) stolen",
                        "bytecode '1,6 0 0 2'");
    }

    @Test
    void aSecondCallTakesOverWhatIsThere() throws WiringException {
        networks.wire(pod.process(), request).close();
        String before = filters();

        try (var again = networks.wire(pod.process(), request)) {
            assertThat(filters()).isEqualTo(before);
            assertThat(again.tap()).isEqualTo("tap0");
        }
    }

    @Test
    void aRestartedContainerIsWiredBeforeTheSocketsOfItsLastLifeAreClosed() throws WiringException {
        try (var last = networks.wire(pod.process(), request);
                var next = networks.wire(pod.process(), request)) {
            assertThat(next.network()).isEqualTo(last.network());
        }
    }

    @Test
    void aPodWithoutANetworkIsRefusedWithTheRemedy() {
        pod.inside("ip", "link", "del", "net1");

        assertThat(catchThrowableOfType(WiringException.class, () -> networks.wire(pod.process(), request)))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(WiringReason.NoDevice))
                .hasMessageContaining("CNI");
    }

    /** For as long as it lives. */
    private static final String LISTENER = """
            use IO::Socket::INET;
            $s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 8080, Listen => 1, ReusePort => 1) or die;
            $| = 1;
            print "listens\\n";
            sleep 600;
            """;

    @Test
    void aPodThatListensWhereTheAgentMustIsRefusedWithTheRemedyAndWiredOnceItDoesNot() throws Exception {
        var listener = pod.namespace().start("setpriv", "--reuid", "65532", "perl", "-e", LISTENER);
        assertThat(listener.inputReader().readLine()).isEqualTo("listens");

        assertThat(catchThrowableOfType(WiringException.class, () -> networks.wire(pod.process(), request)))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(WiringReason.PortTaken))
                .hasMessageContaining("127.0.0.1:8080");

        listener.destroyForcibly().waitFor();
        networks.wire(pod.process(), request).close();
    }

    @Test
    void aPodThatEndedIsToldFromAKernelThatRefuses() {
        pod.namespace().end();

        assertThat(catchThrowableOfType(WiringException.class, () -> networks.wire(pod.process(), request))
                        .reason())
                .isEqualTo(WiringReason.PeerGone);
    }

    private String filters() {
        return pod.inside("tc", "filter", "show", "dev", "tap0", "parent", "ffff:")
                + pod.inside("tc", "filter", "show", "dev", "net1", "parent", "ffff:");
    }
}

package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.linux.PidFd;
import dev.skete.api.VnetHeader;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against real network namespaces, with iproute2 as the judge. Needs root. */
class WiringIT {
    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final KernelPodNetworks networks = new KernelPodNetworks("/dev/net/tun", new PodServices(loop));
    private final TapRequest request = new TapRequest(
            65532, 65532, VnetHeader.Enabled, List.of(8080), Resolver.parse("nameserver 10.96.0.10"), "guest");

    private TestPod pod;
    private PidFd peer;

    @BeforeEach
    void makePod() throws IOException {
        pod = new TestPod();
        peer = PidFd.ofPid(pod.pid());
    }

    @AfterEach
    void removePod() {
        peer.close();
        pod.close();
        loop.shutdownGracefully();
    }

    @Test
    void theFactsAreThePodsOwn() throws WiringException {
        try (var wired = networks.wire(peer, request)) {
            PodNetwork network = wired.network();
            assertThat(network.device()).isEqualTo("net1");
            assertThat(network.mtu()).isEqualTo(1400);
            assertThat(network.address().getHostAddress()).isEqualTo("10.77.0.2");
            assertThat(network.prefixLength()).isEqualTo(24);
            assertThat(network.gateway())
                    .hasValueSatisfying(
                            gateway -> assertThat(gateway.getHostAddress()).isEqualTo("10.77.0.1"));
            assertThat(pod.inside("ip", "link", "show", "net1"))
                    .contains(network.mac().toString());
        }
    }

    @Test
    void theTapIsTheGuestsAndStays() throws WiringException {
        networks.wire(peer, request).close();

        assertThat(pod.inside("ip", "-d", "link", "show", "tap0"))
                .contains("mtu 1400", "UP", "persist on", "vnet_hdr on", "user 65532", "group 65532");
        assertThat(pod.inside("sysctl", "-n", "net.ipv4.conf.tap0.forwarding").strip())
                .isEqualTo("0");
    }

    @Test
    void trafficIsRedirectedBothWays() throws WiringException {
        networks.wire(peer, request).close();

        assertThat(pod.inside("tc", "filter", "show", "dev", "net1", "parent", "ffff:"))
                .contains("match 00000000/00000000 at 0", "mirred (Egress Redirect to device tap0) stolen");
        assertThat(pod.inside("tc", "filter", "show", "dev", "tap0", "parent", "ffff:"))
                .contains(
                        "match a9fea9fe/ffffffff at 16",
                        "match 0a4d0002/ffffffff at 12",
                        "mirred (Egress Redirect to device net1) stolen");
    }

    @Test
    void aSecondCallTakesOverWhatIsThere() throws WiringException {
        networks.wire(peer, request).close();
        String before = filters();

        try (var again = networks.wire(peer, request)) {
            assertThat(filters()).isEqualTo(before);
            assertThat(again.tap()).isEqualTo("tap0");
        }
    }

    @Test
    void aPodWithoutANetworkIsRefusedWithTheRemedy() {
        pod.inside("ip", "link", "del", "net1");

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                        WiringException.class, () -> networks.wire(peer, request)))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(WiringReason.NoDevice))
                .hasMessageContaining("CNI");
    }

    @Test
    void aPodThatEndedIsToldFromAKernelThatRefuses() {
        peer.close();

        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                WiringException.class, () -> networks.wire(peer, request))
                        .reason())
                .isEqualTo(WiringReason.PeerGone);
    }

    private String filters() {
        return pod.inside("tc", "filter", "show", "dev", "tap0", "parent", "ffff:")
                + pod.inside("tc", "filter", "show", "dev", "net1", "parent", "ffff:");
    }
}

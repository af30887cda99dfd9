package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skete.agent.linux.NetlinkSocket;
import java.net.Inet4Address;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is read of pods as different CNI plug-ins make them. Needs root. */
class PodFactsIT {
    @Test
    void aPodThatIsItsOwnSubnetHasAGatewayOnTheLink() throws WiringException {
        try (var pod = TestPod.behindALinkLocalGateway()) {
            PodNetwork network = read(pod);

            Inet4Address gateway = Inet4Address.ofLiteral("169.254.1.1");
            assertThat(network.address().getHostAddress()).isEqualTo(pod.address());
            assertThat(network.prefixLength()).isEqualTo(32);
            assertThat(network.gateway()).contains(gateway);
            assertThat(network.gatewayOnLink()).isFalse();
            assertThat(network.routes())
                    .containsExactlyInAnyOrder(
                            new Route(Addresses.of(0), 0, Optional.of(gateway)),
                            new Route(gateway, 32, Optional.empty()));
        }
    }

    @Test
    void aPodInASubnetHasItsGatewayThere() throws WiringException {
        try (var pod = TestPod.inASubnet()) {
            assertThat(read(pod).gatewayOnLink()).isTrue();
            assertThat(read(pod).mac()).isEqualTo(pod.mac("net1"));
        }
    }

    @Test
    void withoutADefaultRouteItIsTheDeviceWithAnAddress() throws WiringException {
        try (var pod = TestPod.inASubnet()) {
            pod.inside("ip", "route", "del", "default");

            assertThat(read(pod).device()).isEqualTo("net1");
            assertThat(read(pod).gateway()).isEmpty();
        }
    }

    @Test
    void ofTwoDevicesItIsTheOneWithTheDefaultRoute() throws WiringException {
        try (var pod = TestPod.inASubnet()) {
            pod.inside("ip", "link", "add", "name", "aside", "type", "bridge");
            pod.inside("ip", "addr", "add", "192.0.2.7/24", "dev", "aside");
            pod.inside("ip", "link", "set", "aside", "up");

            assertThat(read(pod).device()).isEqualTo("net1");
        }
    }

    @Test
    void aDeviceWithoutAnAddressIsNoNetwork() {
        try (var pod = TestPod.withoutAnAddress()) {
            assertThat(refusal(pod).reason()).isEqualTo(WiringReason.NoDevice);
        }
    }

    @Test
    void aDefaultRouteByADeviceWithoutAnAddressIsRefused() {
        try (var pod = TestPod.withoutAnAddress()) {
            pod.inside("ip", "route", "add", "default", "dev", "net1");

            assertThat(refusal(pod).reason()).isEqualTo(WiringReason.NoIpv4Address);
        }
    }

    private static WiringException refusal(TestPod pod) {
        return catchThrowableOfType(WiringException.class, () -> read(pod));
    }

    private static PodNetwork read(TestPod pod) throws WiringException {
        var refusal = new AtomicReference<WiringException>();
        var network = pod.namespace().open(() -> {
            try (var netlink = NetlinkSocket.open()) {
                return Optional.of(new PodNetworkReader(netlink).read());
            } catch (WiringException e) {
                refusal.set(e);
                return Optional.<PodNetwork>empty();
            }
        });
        if (refusal.get() != null) {
            throw refusal.get();
        }
        return network.orElseThrow();
    }
}

package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skete.api.VnetHeader;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A guest with Linux's network stack on the pod's tap, and the node as the world. Needs root. */
class GuestTrafficIT {
    private static final int PORT = 8080;

    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final KernelPodNetworks networks = new KernelPodNetworks("/dev/net/tun", new PodServices(loop));

    @AfterEach
    void stopLoop() {
        loop.shutdownGracefully();
    }

    @ParameterizedTest
    @CsvSource({"Enabled, Own", "Disabled, Own", "Enabled, Pods"})
    void theGuestHasThePodsAddressInBothDirections(VnetHeader header, TapMac tapMac) throws Exception {
        try (var pod = TestPod.inASubnet();
                var wired = networks.wire(pod.process(), request(header, tapMac));
                var guest = LinuxGuest.withAddress(pod, wired.network(), header)) {
            // 1372 bytes and two headers fill the device's MTU of 1400.
            assertThat(guest.inside("busybox", "ping", "-c", "2", "-s", "1372", pod.node()))
                    .contains("2 packets received");
            TestNamespace.run("busybox", "ping", "-c", "2", "-W", "5", pod.address());

            try (var echo = EchoServer.start(guest.namespace(), PORT)) {
                assertThat(echo.roundTrip(EchoServer.connect(new InetSocketAddress(pod.address(), PORT))))
                        .isTrue();
            }
        }
    }

    @Test
    void aGatewayThatIsANeighbourByItsRouteOnlyIsReached() throws Exception {
        try (var pod = TestPod.behindALinkLocalGateway();
                var wired = networks.wire(pod.process(), request(VnetHeader.Enabled));
                var guest = LinuxGuest.withAddress(pod, wired.network(), VnetHeader.Enabled)) {
            assertThat(guest.inside("busybox", "ping", "-c", "1", "-W", "5", "169.254.1.1"))
                    .contains("1 packets received");
        }
    }

    @ParameterizedTest
    @EnumSource
    void portForwardReachesTheGuestByThePodsLoopback(TapMac tapMac) throws Exception {
        try (var pod = TestPod.inASubnet();
                var wired = networks.wire(pod.process(), request(VnetHeader.Enabled, tapMac));
                var guest = LinuxGuest.withAddress(pod, wired.network(), VnetHeader.Enabled);
                var echo = EchoServer.start(guest.namespace(), PORT)) {
            var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
            assertThat(echo.roundTrip(pod.namespace().open(() -> EchoServer.connect(loopback))))
                    .isTrue();
        }
    }

    @Test
    void portForwardToAPortThatTheGuestDoesNotServeIsHungUp() throws Exception {
        try (var pod = TestPod.inASubnet();
                var wired = networks.wire(pod.process(), request(VnetHeader.Enabled));
                var guest = LinuxGuest.withAddress(pod, wired.network(), VnetHeader.Enabled);
                var caller = pod.namespace()
                        .open(() ->
                                EchoServer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT)))) {
            assertThat(caller.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** Only a pod's own processes can connect there; what that costs the agent has an end, whatever the number of ports. */
    @Test
    void aPodThatFillsItsOwnPortsHasSoManyConnectionsAndItsOwnTroubleOnly() throws Exception {
        var ports = List.of(PORT, PORT + 1);
        try (var pod = TestPod.inASubnet();
                var other = TestPod.inASubnet();
                var wired = networks.wire(pod.process(), request(ports));
                var otherWired = networks.wire(other.process(), request(VnetHeader.Enabled));
                var guest = LinuxGuest.withAddress(pod, wired.network(), VnetHeader.Enabled);
                var otherGuest = LinuxGuest.withAddress(other, otherWired.network(), VnetHeader.Enabled);
                var otherEcho = EchoServer.start(otherGuest.namespace(), PORT)) {
            var filled = new ArrayList<Socket>();
            var neverAccepts = guest.namespace().open(() -> new ServerSocket(PORT, 2 * Relays.MOST));
            for (int i = 0; i < Relays.MOST; i++) {
                filled.add(connected(pod, PORT));
            }
            for (int port : ports) {
                try (var beyond = connected(pod, port)) {
                    assertThat(beyond.getInputStream().read()).isEqualTo(-1);
                }
            }
            assertThat(otherEcho.roundTrip(connected(other, PORT))).isTrue();
            neverAccepts.close();
            for (var socket : filled) {
                socket.close();
            }
            try (var echo = EchoServer.start(guest.namespace(), PORT)) {
                await("a place again").ignoreExceptions().until(() -> echo.roundTrip(connected(pod, PORT)));
            }
        }
    }

    private static Socket connected(TestPod pod, int port) {
        return pod.namespace()
                .open(() -> EchoServer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    @Test
    void theAgentsNextLifeForwardsAgain() throws Exception {
        try (var pod = TestPod.inASubnet();
                var first = networks.wire(pod.process(), request(VnetHeader.Enabled));
                var guest = LinuxGuest.withAddress(pod, first.network(), VnetHeader.Enabled);
                var echo = EchoServer.start(guest.namespace(), PORT)) {
            first.close();
            // The tap is open now, as it is when a guest outlives the agent.
            try (var second = networks.wire(pod.process(), request(VnetHeader.Enabled))) {
                var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
                assertThat(second.network()).isEqualTo(first.network());
                assertThat(echo.roundTrip(pod.namespace().open(() -> EchoServer.connect(loopback))))
                        .isTrue();
            }
        }
    }

    private static TapRequest request(VnetHeader header) {
        return request(header, TapMac.Own);
    }

    private static TapRequest request(List<Integer> ports) {
        return new TapRequest(
                0, false, VnetHeader.Enabled, ports, new Resolver(List.of(), List.of()), "guest", TapMac.Own);
    }

    private static TapRequest request(VnetHeader header, TapMac tapMac) {
        return new TapRequest(0, false, header, List.of(PORT), new Resolver(List.of(), List.of()), "guest", tapMac);
    }
}

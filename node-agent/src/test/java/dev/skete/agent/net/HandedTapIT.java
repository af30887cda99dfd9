package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skete.agent.linux.LinuxException;
import dev.skete.api.VnetHeader;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tap that the agent hands to the VMM open, so that what comes while the VMM and its guest start is not lost. Needs root. */
class HandedTapIT {
    private static final int ETHERTYPE = 12;
    private static final int IPV4 = 0x0800;
    private static final int PROTOCOL = 14 + 9;
    private static final int UDP = 17;
    private static final int UDP_PORT = 14 + 20 + 2;
    private static final int DISCARD = 9;
    private static final int SOME_PORT = 7000;

    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final KernelPodNetworks networks = new KernelPodNetworks("/dev/net/tun", new PodServices(loop));
    private final TapRequest request = new TapRequest(
            65532, true, VnetHeader.Enabled, List.of(), new Resolver(List.of(), List.of()), "guest", TapMac.Own);

    private final TestPod pod = TestPod.inASubnet();

    @AfterEach
    void removePod() {
        pod.close();
        loop.shutdownGracefully();
    }

    @Test
    void whatComesBeforeTheVmmIsThereWaitsForItBehindAFrameThatNobodyMisses() throws Exception {
        try (var wired = networks.wire(pod.process(), request)) {
            say();
            var vmm = TapEnd.of(wired.openTap().orElseThrow(), VnetHeader.Enabled);
            assertThat(nextPort(vmm)).isEqualTo(DISCARD);
            assertThat(nextPort(vmm)).isEqualTo(SOME_PORT);
        }
    }

    @Test
    void oneThatIsLetGoOfOrWhosePodIsCanBeOpenedAgain() throws Exception {
        var first = networks.wire(pod.process(), request);
        assertThatThrownBy(this::open)
                .hasRootCauseInstanceOf(LinuxException.class)
                .hasMessageContaining("EBUSY");
        first.letGoOfTap();
        open().close();
        first.close();

        networks.wire(pod.process(), request).close();
        open().close();
    }

    @Test
    void aVmmThatHasItKeepsItWhenTheNextAgentTakesOver() throws Exception {
        var last = networks.wire(pod.process(), request);
        try (var vmm = TapEnd.of(last.openTap().orElseThrow(), VnetHeader.Enabled);
                var next = networks.wire(pod.process(), request)) {
            assertThat(next.openTap()).isEmpty();
            say();
            assertThat(nextPort(vmm)).isEqualTo(DISCARD);
            assertThat(nextPort(vmm)).isEqualTo(SOME_PORT);
        }
    }

    private TapEnd open() throws Exception {
        return pod.namespace().open(() -> TapEnd.open("tap0", VnetHeader.Enabled));
    }

    /** From the node to the pod's address, whose hardware address the node need not ask for. */
    private void say() throws Exception {
        TestNamespace.run(
                "ip",
                "neigh",
                "replace",
                pod.address(),
                "lladdr",
                pod.mac("net1").toString(),
                "dev",
                pod.link());
        try (var socket = new DatagramSocket()) {
            var to = new InetSocketAddress(InetAddress.ofLiteral(pod.address()), SOME_PORT);
            socket.send(new DatagramPacket(new byte[1], 1, to));
        }
    }

    /** Of the next UDP datagram. The node's kernel says things of its own on a new device. */
    private static int nextPort(TapEnd vmm) {
        byte[] frame;
        do {
            frame = vmm.receive(1000).orElseThrow();
        } while (ByteBuffer.wrap(frame).getShort(ETHERTYPE) != IPV4 || frame[PROTOCOL] != UDP);
        return ByteBuffer.wrap(frame).getShort(UDP_PORT) & 0xffff;
    }
}

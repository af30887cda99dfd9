package dev.skete.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.VnetHeader;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real DHCP client, BusyBox's, on the guest's end of the tap. Needs root. */
class DhcpIT {
    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final KernelPodNetworks networks = new KernelPodNetworks("/dev/net/tun", new PodServices(loop));
    private final TapRequest request = request(TapMac.Own);

    @TempDir
    private Path directory;

    @AfterEach
    void stopLoop() {
        loop.shutdownGracefully();
    }

    @ParameterizedTest
    @EnumSource
    void theGuestLearnsItsPodsNetwork(TapMac tapMac) throws Exception {
        try (var pod = TestPod.inASubnet();
                var wired = networks.wire(pod.process(), request(tapMac));
                var guest = new LinuxGuest(pod, wired.network(), VnetHeader.Enabled)) {
            assertThat(ask(guest))
                    .containsEntry("ip", pod.address())
                    .containsEntry("subnet", "255.255.255.0")
                    .containsEntry("router", pod.node())
                    .containsEntry("dns", "10.96.0.10")
                    .containsEntry("domain", "shop.svc.cluster.local")
                    .containsEntry("hostname", "hello-7f9c")
                    .containsEntry("mtu", "1400")
                    .containsEntry("lease", "4294967295")
                    .doesNotContainKey("staticroutes");
        }
    }

    @Test
    void aGatewayOutsideThePrefixComesWithItsRoute() throws Exception {
        try (var pod = TestPod.behindALinkLocalGateway();
                var wired = networks.wire(pod.process(), request);
                var guest = new LinuxGuest(pod, wired.network(), VnetHeader.Enabled)) {
            assertThat(ask(guest))
                    .containsEntry("ip", pod.address())
                    .containsEntry("subnet", "255.255.255.255")
                    .containsEntry("router", "169.254.1.1")
                    .containsEntry("staticroutes", "169.254.1.1/32 0.0.0.0 0.0.0.0/0 169.254.1.1");
        }
    }

    @Test
    void theAgentsNextLifeAnswersAgain() throws Exception {
        try (var pod = TestPod.inASubnet();
                var first = networks.wire(pod.process(), request);
                var guest = new LinuxGuest(pod, first.network(), VnetHeader.Enabled)) {
            first.close();
            try (var _ = networks.wire(pod.process(), request)) {
                assertThat(ask(guest)).containsEntry("ip", pod.address());
            }
        }
    }

    private static TapRequest request(TapMac tapMac) {
        return new TapRequest(
                0,
                false,
                VnetHeader.Enabled,
                List.of(),
                Resolver.parse("search shop.svc.cluster.local svc.cluster.local\nnameserver 10.96.0.10\n"),
                "hello-7f9c",
                tapMac);
    }

    /** What udhcpc tells its script about the lease. */
    private Map<String, String> ask(LinuxGuest guest) throws IOException {
        Path script = directory.resolve("lease");
        Path lease = directory.resolve("lease.env");
        Files.writeString(script, "#!/bin/sh\n[ \"$1\" = bound ] && env > " + lease + "\nexit 0\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        guest.inside(
                "busybox",
                "udhcpc",
                "-i",
                "eth0",
                "-f",
                "-n",
                "-q",
                "-t",
                "5",
                "-T",
                "1",
                "-s",
                script.toString(),
                "-O",
                "mtu",
                "-O",
                "staticroutes",
                "-O",
                "lease");
        return Files.readAllLines(lease).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }
}

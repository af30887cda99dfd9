package dev.skete.agent.net;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skete.api.VnetHeader;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An agent that lives for months. Needs root. */
class ManyWiringsIT {
    private static final int TIMES = 200;
    private static final TapRequest REQUEST = new TapRequest(
            0, false, VnetHeader.Enabled, List.of(8080, 8081), new Resolver(List.of(), List.of()), "guest", TapMac.Own);

    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final KernelPodNetworks networks = new KernelPodNetworks("/dev/net/tun", new PodServices(loop));

    @AfterEach
    void stopLoop() {
        loop.shutdownGracefully();
    }

    @Test
    void guestsThatComeAndGoLeaveNothingOpen() throws WiringException {
        try (var pod = TestPod.inASubnet()) {
            wireAndClose(pod);
            long before = settledDescriptors();
            for (int i = 0; i < TIMES; i++) {
                wireAndClose(pod);
            }

            await("%d descriptors as before".formatted(before))
                    .atMost(ofSeconds(10))
                    .untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
        }
    }

    @Test
    void refusalsLeaveNothingOpen() {
        try (var pod = TestPod.withoutAnAddress();
                var taken = TestPod.inASubnet();
                var _ = taken.namespace().open(() -> new java.net.ServerSocket(8081))) {
            refused(pod);
            refused(taken);
            long before = settledDescriptors();
            for (int i = 0; i < TIMES; i++) {
                refused(pod);
                refused(taken);
            }

            await().atMost(ofSeconds(10))
                    .untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void wireAndClose(TestPod pod) throws WiringException {
        networks.wire(pod.process(), REQUEST).close();
    }

    private void refused(TestPod pod) {
        try (var wired = networks.wire(pod.process(), REQUEST)) {
            throw new AssertionError("wired " + wired.tap());
        } catch (WiringException refusal) {
            assertThat(refusal.reason()).isIn(WiringReason.NoDevice, WiringReason.PortTaken);
        }
    }

    /** After what the first calls opened and closed in the background. */
    private long settledDescriptors() {
        return await().during(ofSeconds(1)).atMost(ofSeconds(10)).until(this::descriptors, count -> count > 0);
    }

    private long descriptors() {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.agent.device.DeviceNode;
import dev.skete.agent.device.TinyGuests;
import dev.skete.agent.launch.GuestPreparation;
import dev.skete.agent.launch.LaunchServer;
import dev.skete.agent.launch.Launchers;
import dev.skete.agent.launch.PackDirectory;
import dev.skete.agent.net.KernelPodNetworks;
import dev.skete.agent.net.PodServices;
import dev.skete.agent.peer.PeerGate;
import dev.skete.agent.qmp.QmpHub;
import dev.skete.agent.report.AgentMetrics;
import dev.skete.agent.report.GuestJournal;
import dev.skete.api.Accelerator;
import dev.skete.api.GuestReason;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** KVM's own failure, for real. Any KVM will do, however slow, so the agent here takes it without its boot probe. */
class InternalErrorIT extends AgentScene {
    @Test
    void a_guest_that_KVM_gives_up_is_ended_with_a_failure_instead_of_staying_paused_for_ever() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/kvm")), "this machine has no KVM, not even a slow one");
        stopAgent();
        DeviceNode.KVM.ensure(root.resolve("dev"), 65532);
        var loop = new EpollEventLoopGroup(1);
        try (var _ = server(loop);
                var pod = new GuestPod(root)) {
            var plan = new TestPlan().accelerator(Accelerator.KVM);
            var container = pod.start(guest(TinyGuests.thatKvmGivesUp(), plan));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(255);
            assertThat(awaitReason(pod, GuestReason.InternalError)).contains("internal error");
        } finally {
            loop.shutdownGracefully().awaitUninterruptibly();
        }
    }

    private LaunchServer server(EventLoopGroup loop) throws IOException {
        var journal = new GuestJournal((pod, condition) -> conditions.put(pod.uid(), condition));
        var metrics = new AgentMetrics(meters);
        var gate = new PeerGate(Path.of("/proc"));
        var launchers = new Launchers();
        var run = root.resolve("guest/run");
        var monitors = QmpHub.open(run.resolve("qmp.sock"), loop, gate, journal, uid -> launchers.end(uid, 255), 4);
        var preparation = new GuestPreparation(
                new KernelPodNetworks(root.resolve("dev/tun").toString(), new PodServices(loop)),
                new PackDirectory(root.resolve("guest/vmm")),
                Optional::empty,
                metrics);
        var services = new LaunchServer.Services(
                gate, preparation, Runnable::run, journal, metrics, monitors::powerDown, launchers);
        return LaunchServer.open(
                run.resolve("agent.sock"), loop, services, new LaunchServer.Limits(Duration.ofSeconds(5), 8, 4));
    }
}

package dev.skete.agent;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.agent.device.DeviceNode;
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
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An agent that takes KVM without its boot probe: any KVM will do, however slow. Skipped where there is none. */
abstract class KvmScene extends AgentScene {
    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);

    @BeforeEach
    void startOnAnyKvm() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/kvm")), "this machine has no KVM, not even a slow one");
        stopAgent();
        DeviceNode.KVM.ensure(root.resolve("dev"), 65532);
        var journal = new GuestJournal(news -> conditions.put(news.pod().uid(), news.condition()));
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
        LaunchServer.open(
                run.resolve("agent.sock"),
                loop,
                services,
                new LaunchServer.Limits(Duration.ofSeconds(5), 8, 4, 1 << 20));
    }

    @AfterEach
    void stopLoop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}

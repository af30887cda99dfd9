package dev.skete.agent;

import dev.skete.agent.device.Allocation;
import dev.skete.agent.device.DeviceNode;
import dev.skete.agent.device.GuestResource;
import dev.skete.agent.device.KubeletLink;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The part of the agent that guests depend on: it starts without the API server and keeps working without it. What a guest needs exists
 * before the kubelet hears of a place for one.
 */
final class NodeAgent implements AutoCloseable {
    /** Wiring takes milliseconds and the kernel serialises most of it. */
    private static final int LAUNCHES_AT_A_TIME = 4;
    /** A restarted container's connection may overlap its predecessor's; more than a few are not launchers. */
    private static final int CONNECTIONS_PER_POD = 4;
    /** Five of the longest requests there can be, or a thousand usual ones; a tenth of the heap that the image gives us. */
    private static final int REQUESTS_KEPT = 4 << 20;

    /** Three times a launcher's pause between two tries. */
    private static final Duration NO_MORE_GUESTS = Duration.ofMillis(300);
    /** A node without an agent that offers places turns new guests away, so this must end. */
    private static final Duration LAST_GUEST = Duration.ofSeconds(3);

    /** Exit status of a container whose guest was lost in a living VMM. */
    private static final int LOST_GUESTS_STATUS = 255;

    private final AgentConfig config;
    private final AgentPaths paths;
    private final GuestJournal journal;
    private final AgentMetrics metrics;
    private final PackDirectory packs;
    private final KvmCheck kvm;
    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final ExecutorService blocking = Executors.newFixedThreadPool(
            LAUNCHES_AT_A_TIME, Thread.ofPlatform().name("launch-", 0).daemon().factory());
    private final List<KubeletLink> links = new CopyOnWriteArrayList<>();
    private volatile @Nullable QmpHub monitors;

    NodeAgent(AgentConfig config, GuestJournal journal, AgentMetrics metrics) {
        this.config = config;
        this.paths = new AgentPaths(config.root());
        this.journal = journal;
        this.metrics = metrics;
        this.packs = new PackDirectory(paths.packs());
        this.kvm = new KvmCheck(config, packs);
    }

    /** Opens the sockets, and returns when the guests that run already are taken over. They have the processors to themselves meanwhile. */
    void open() throws IOException {
        int guests = 2 * config.guestsPerNode();
        var gate = new PeerGate(Path.of("/proc"));
        var networks = new KernelPodNetworks(paths.deviceNodes().resolve("tun").toString(), new PodServices(loop));
        var launchers = new Launchers();
        var preparation = new GuestPreparation(networks, packs, kvm, metrics);
        var launches = LaunchServer.open(
                paths.agentSocket(),
                loop,
                new LaunchServer.Services(gate, preparation, blocking, journal, metrics, this::powerDown, launchers),
                new LaunchServer.Limits(config.handshakeTimeout(), 2 * guests, CONNECTIONS_PER_POD, REQUESTS_KEPT));
        launches.takeovers().awaitSilence(NO_MORE_GUESTS, LAST_GUEST);
        // Monitors tell nothing that guests wait for, and dial again in a second.
        monitors = QmpHub.open(
                paths.qmpSocket(), loop, gate, journal, podUid -> launchers.end(podUid, LOST_GUESTS_STATUS), guests);
    }

    private boolean powerDown(String podUid) {
        var open = monitors;
        return open != null && open.powerDown(podUid);
    }

    /** Tells the kubelet that guests can be placed here. The boot probe goes on beside it. */
    void offer() {
        offer(GuestResource.EMULATION);
        kvm.start(result -> {
            metrics.kvm(result.usable(), result.verdict().name());
            if (result.usable()) {
                DeviceNode.KVM.ensure(paths.deviceNodes(), config.guestGid());
                offer(GuestResource.KVM);
            }
        });
    }

    private void offer(GuestResource resource) {
        var link = new KubeletLink(
                config.kubeletDir(),
                loop,
                resource,
                new Allocation(paths.deviceNodes(), paths.guestFiles()),
                config.guestsPerNode());
        links.add(link);
        link.start();
    }

    /** Whether a guest could be placed here: the kubelet has heard of at least one kind. */
    boolean isReady() {
        return links.stream().anyMatch(KubeletLink::registeredOnce);
    }

    /** Closes every socket and leaves every guest alone: launchers and QEMUs dial the next agent. */
    @Override
    public void close() {
        links.forEach(KubeletLink::close);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        blocking.shutdown();
    }
}

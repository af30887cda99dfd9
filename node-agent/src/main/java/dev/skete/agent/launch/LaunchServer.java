package dev.skete.agent.launch;

import dev.skete.agent.peer.AgentSocket;
import dev.skete.agent.peer.PeerGate;
import dev.skete.agent.report.AgentMetrics;
import dev.skete.agent.report.GuestJournal;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Serves launchers on {@code agent.sock}. One event loop holds every connection; the blocking steps run on the executor. */
public final class LaunchServer implements AutoCloseable {
    private final Channel channel;
    private final Takeovers takeovers;

    private LaunchServer(Channel channel, Takeovers takeovers) {
        this.channel = channel;
        this.takeovers = takeovers;
    }

    /**
     * What every connection works with.
     *
     * @param blocking runs wiring and the reading of packs
     */
    public record Services(
            PeerGate gate,
            GuestPreparation preparation,
            Executor blocking,
            GuestJournal journal,
            AgentMetrics metrics,
            PowerButton powerButton,
            Launchers launchers) {}

    /**
     * Bounds on what peers may hold.
     *
     * @param handshake from connecting to the last byte of the request
     * @param maxKept bytes of all requests together that are not answered yet
     */
    public record Limits(Duration handshake, int maxConnections, int maxConnectionsPerPod, int maxKept) {}

    /**
     * Opens the socket; anyone may connect, and {@link PeerGate} decides.
     *
     * @throws IOException if the socket cannot be made
     */
    public static LaunchServer open(Path socket, EventLoopGroup loop, Services services, Limits limits)
            throws IOException {
        var connections = new Connections(limits.maxConnections(), limits.maxConnectionsPerPod());
        var intake = new Intake(limits.maxKept());
        var takeovers = new Takeovers();
        var channel = AgentSocket.listen(
                socket,
                loop,
                child -> child.pipeline()
                        .addLast(intake, new FrameDecoder(), new FrameEncoder())
                        .addLast(new LaunchConnection(services, connections, intake, takeovers, limits.handshake())));
        return new LaunchServer(channel, takeovers);
    }

    /** Which guests that ran already are still to be taken over. */
    public Takeovers takeovers() {
        return takeovers;
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }
}

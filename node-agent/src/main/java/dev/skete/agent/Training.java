package dev.skete.agent;

import dev.skete.agent.launch.Rehearsal;
import dev.skete.agent.linux.LinuxException;
import dev.skete.agent.net.WiringRehearsal;
import dev.skete.agent.report.GuestCondition;
import dev.skete.agent.report.GuestNews;
import dev.skete.agent.report.PodRef;
import dev.skete.agent.training.StandInApiServer;
import dev.skete.agent.training.StandInKubelet;
import dev.skete.api.GuestReason;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays an agent's life through once, so that the JVM's AOT cache knows what an agent loads. Run while the image is built (see the file
 * {@code train}), where there is neither node nor cluster, and perhaps no privilege; never in an agent.
 */
final class Training {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private Training() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var config = AgentConfig.from(System.getenv());
        var loop = new EpollEventLoopGroup(1, new DefaultThreadFactory("kubelet", true));
        try (var api = new StandInApiServer();
                var kubelet = new StandInKubelet(config.kubeletDir(), loop)) {
            System.setProperty("kubernetes.master", api.url());
            try (var agent = AgentProcess.start(config, new Unprivileged())) {
                kubelet.placeOneGuest();
                var paths = new AgentPaths(config.root());
                disturb(paths.agentSocket());
                disturb(paths.qmpSocket());
                agent.reporter()
                        .report(new GuestNews(
                                new PodRef("none", "none", "none"),
                                new GuestCondition(GuestCondition.Status.False, GuestReason.VmmExited, "It ended."),
                                false));
                // The condition is read and written, and told as an event.
                api.awaitRequests(3);
                look(agent.port());
            }
        }
        LOG.info("Played through");
    }

    /** Of a node's preparation, which makes device nodes, what needs no privilege. */
    private static final class Unprivileged implements Preparation {
        @Override
        public void install() {
            // There is no node.
        }

        @Override
        public void rehearse() throws IOException {
            Rehearsal.play();
            try {
                WiringRehearsal.play(1);
            } catch (LinuxException e) {
                LOG.info("Without a network namespace: {}", e.getMessage());
                WiringRehearsal.practise();
            }
        }
    }

    /** Says something that no peer says, and hears that it is turned away. */
    private static void disturb(Path socket) throws IOException {
        try (var peer = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            peer.connect(UnixDomainSocketAddress.of(socket));
            peer.write(ByteBuffer.wrap("{}\n{}\n{}\n".getBytes(StandardCharsets.UTF_8)));
            peer.read(ByteBuffer.allocate(4096));
        } catch (SocketException e) {
            LOG.debug("{} hung up", socket, e);
        }
    }

    private static void look(int port) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            for (var page : new String[] {"/livez", "/readyz", "/metrics"}) {
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page))
                        .build();
                http.send(request, HttpResponse.BodyHandlers.discarding());
            }
        }
    }
}

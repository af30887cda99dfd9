package dev.skete.agent.peer;

import dev.skete.agent.linux.NetworkNamespace;
import dev.skete.agent.linux.PidFd;
import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Lets in processes of pod containers that have a network of their own, and nobody else. */
public final class PeerGate {
    private final Path proc;
    private final Holder holder;

    /** How the process at the other end of a socket is held. */
    @FunctionalInterface
    interface Holder {
        PidFd hold(int socket, int pid) throws IOException;
    }

    /**
     * A gate for the pods of this node.
     *
     * @param proc where the node's procfs is; it must show the node's process ids, so the agent needs {@code hostPID}
     */
    public PeerGate(Path proc) {
        this(proc, PidFd::ofPeer);
    }

    PeerGate(Path proc, Holder holder) {
        this.proc = proc;
        this.holder = holder;
    }

    /**
     * Identifies the peer of a connected socket. What is read under {@code /proc/<pid>} is believed only because the pidfd shows, afterwards,
     * that the process it was read from was still the one that connected.
     *
     * @return the peer, to be closed by the caller
     * @throws RefusedException if it is not a pod's, or shares the node's network
     */
    public Peer identify(EpollDomainSocketChannel channel) throws RefusedException {
        try {
            var credentials = channel.peerCredentials();
            int socket = channel.fd().intValue();
            var pidFd = holder.hold(socket, credentials.pid());
            try {
                var pod = podOf(pidFd.pid());
                var network = networkOf(pidFd.pid());
                // Before Linux 6.5 the process may be another with the same pid; but no other pod's, whose network is
                // another.
                if (!pidFd.alive() || !network.equals(NetworkNamespace.ofConnection(socket))) {
                    throw gone(null);
                }
                return new Peer(pidFd, pod, credentials.uid(), credentials.gids()[0]);
            } catch (IOException | RefusedException | RuntimeException e) {
                pidFd.close();
                throw e;
            }
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private PodIdentity podOf(int pid) throws IOException, RefusedException {
        return PodCgroup.identity(Files.readAllLines(proc.resolve(pid + "/cgroup")))
                .orElseThrow(() -> new RefusedException(
                        RefusalReason.NotAPod,
                        "process %d is not in a pod container; guests start from pods only".formatted(pid)));
    }

    /** The agent itself runs in the node's network namespace, so a peer that shares the agent's shares the node's. */
    private Path networkOf(int pid) throws IOException, RefusedException {
        var network = Files.readSymbolicLink(proc.resolve(pid + "/ns/net"));
        if (network.equals(Files.readSymbolicLink(proc.resolve("self/ns/net")))) {
            throw new RefusedException(
                    RefusalReason.HostNetwork,
                    "the pod uses the node's network; remove hostNetwork, a guest takes over its pod's interface");
        }
        return network;
    }

    private static RefusedException gone(@Nullable IOException cause) {
        return new RefusedException(RefusalReason.NotAPod, "the process that connected is gone", cause);
    }
}

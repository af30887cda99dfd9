package dev.skete.agent.peer;

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

    /**
     * A gate for the pods of this node.
     *
     * @param proc where the node's procfs is; it must show the node's process ids, so the agent needs {@code hostPID}
     */
    public PeerGate(Path proc) {
        this.proc = proc;
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
            var pidFd = PidFd.ofPeer(channel.fd().intValue(), credentials.pid());
            try {
                var pod = podOf(pidFd.pid());
                refuseHostNetwork(pidFd.pid());
                if (!pidFd.alive()) {
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
    private void refuseHostNetwork(int pid) throws IOException, RefusedException {
        var mine = Files.readSymbolicLink(proc.resolve("self/ns/net"));
        if (mine.equals(Files.readSymbolicLink(proc.resolve(pid + "/ns/net")))) {
            throw new RefusedException(
                    RefusalReason.HostNetwork,
                    "the pod uses the node's network; remove hostNetwork, a guest takes over its pod's interface");
        }
    }

    private static RefusedException gone(@Nullable IOException cause) {
        return new RefusedException(RefusalReason.NotAPod, "the process that connected is gone", cause);
    }
}

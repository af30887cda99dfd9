package dev.skete.agent.peer;

import dev.skete.agent.linux.PidFd;

/**
 * A peer that is a process of a pod container. Holding the pidfd means that its number cannot come to name another process.
 *
 * @param uid the peer's user when it connected
 * @param gid the peer's group when it connected
 */
public record Peer(PidFd pidFd, PodIdentity pod, int uid, int gid) implements AutoCloseable {
    @Override
    public void close() {
        pidFd.close();
    }
}

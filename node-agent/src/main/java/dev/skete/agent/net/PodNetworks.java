package dev.skete.agent.net;

import dev.skete.agent.linux.PidFd;

/** Hands pods' networks to their guests. */
public interface PodNetworks {

    /**
     * Wires a pod. A second call for the same pod, after a restart of the guest or of the agent, takes over what is there.
     *
     * @param peer a process in the pod; its network namespace must not be the node's
     * @return the wired pod, to be closed when its guest has ended
     * @throws WiringException with a reason and a remedy
     */
    WiredPod wire(PidFd peer, TapRequest request) throws WiringException;
}

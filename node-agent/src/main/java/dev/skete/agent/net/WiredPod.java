package dev.skete.agent.net;

/**
 * A pod whose network belongs to its guest. Closing it closes the agent's sockets in the pod, for DHCP and port-forward; the tap and
 * the redirect stay until the pod's network namespace ends.
 */
public interface WiredPod extends AutoCloseable {

    PodNetwork network();

    /** Name of the tap inside the pod's network namespace. */
    String tap();

    @Override
    void close();
}

package dev.skete.agent.net;

import java.util.OptionalInt;

/**
 * A pod whose network belongs to its guest. Closing it closes the agent's descriptors of the pod, for DHCP and port-forward; the tap and
 * the redirect stay until the pod's network namespace ends.
 */
public interface WiredPod extends AutoCloseable {

    PodNetwork network();

    /** Name of the tap inside the pod's network namespace. */
    String tap();

    /** The tap's descriptor, if it is to be handed over: frames that come from now on wait in it for whoever reads them. */
    OptionalInt openTap();

    /** Closes the agent's own descriptor of the tap: it can be read by one at a time. */
    void letGoOfTap();

    @Override
    void close();
}

package dev.skete.agent.net;

/** Why a pod's network cannot be given to a guest. */
public enum WiringReason {
    /** The pod has no device with a default route or a global address. */
    NoDevice,
    /** The pod's device has no IPv4 address. */
    NoIpv4Address,
    /** A process of the pod listens where the agent must. */
    PortTaken,
    /** The process ended meanwhile. */
    PeerGone,
    /** The kernel refused a step. */
    KernelRefused
}

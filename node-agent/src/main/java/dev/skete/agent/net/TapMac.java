package dev.skete.agent.net;

/** Which MAC address a pod's tap has. The guest's own is the pod's in any case: no other one passes the filters. */
public enum TapMac {
    /** One of its own, as the kernel made it. */
    Own,
    /** The pod's, for a VMM that gives its guest whatever address it finds on the tap. */
    Pods
}

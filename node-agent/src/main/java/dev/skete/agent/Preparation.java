package dev.skete.agent;

import java.io.IOException;

/** What makes a node ready for guests, or less where that must not be. */
interface Preparation {

    /** Puts on the node what guests' pods find there; before anything is served. */
    void install() throws IOException;

    /**
     * Tries what every launch does, so that none has to wait for a JVM's first time. Guests that run already do not wait for this, and no other
     * is placed on the node before.
     *
     * @throws IOException if a guest could not be launched here: a privilege is missing, or the kernel lacks something
     */
    void rehearse() throws IOException;
}

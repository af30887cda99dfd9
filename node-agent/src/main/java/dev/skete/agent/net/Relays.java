package dev.skete.agent.net;

/** Counts the connections of one pod that are relayed to its guest, whatever their port. Of the event loop's thread. */
final class Relays {
    /** At a time. Only processes of the pod can connect, and they are not trusted with the agent's descriptors: each takes two. */
    static final int MOST = 64;

    private int open;

    /** Counts one more; false if there are as many as there may be. */
    boolean open() {
        if (open == MOST) {
            return false;
        }
        open++;
        return true;
    }

    void closed() {
        open--;
    }
}

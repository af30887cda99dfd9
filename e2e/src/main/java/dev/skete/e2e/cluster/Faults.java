package dev.skete.e2e.cluster;

/** Ways to break a cluster from outside. */
public interface Faults {

    /** Ends a component: {@code apiserver}, {@code kubelet-node1}, … */
    void stop(String component);

    /** Ends a component by SIGKILL. */
    void kill(String component);

    /** Starts a stopped component again. */
    void start(String component);

    /** Cuts a node's power: every process on it is gone at once. */
    void nodeDown(String node);

    /** Brings a node back with its disks; returns when its kubelet answers, which is before its agent and its guests are back. */
    void nodeUp(String node);

    /** Lets nothing more be written to a node's disk, which holds all it writes but its images. */
    void diskFull(String node);

    /** Makes room on it again. */
    void diskFree(String node);

    /** Sets the clock of all nodes, and of this machine, so many seconds ahead, for so many seconds. */
    void clockJump(int ahead, int seconds);

    /** Returns when it is right again. */
    void clockBack();

    /** Runs a command as root inside a node's network and mount namespaces, and returns its output. */
    String onNode(String node, String... command);
}

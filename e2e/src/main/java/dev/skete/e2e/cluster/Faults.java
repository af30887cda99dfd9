package dev.skete.e2e.cluster;

/** Ways to break a cluster from outside. */
public interface Faults {

    /** Kills a component: {@code apiserver}, {@code kubelet-node1}, … */
    void stop(String component);

    /** Starts a stopped component again. */
    void start(String component);

    /** Runs a command as root inside a node's network and mount namespaces, and returns its output. */
    String onNode(String node, String... command);
}

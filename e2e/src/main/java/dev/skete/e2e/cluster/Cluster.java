package dev.skete.e2e.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A Kubernetes cluster to run Skete on. */
public sealed interface Cluster permits GivenCluster, K3sCluster, EmbeddedCluster {

    /** What this cluster is, for a person to read. */
    String description();

    /** Makes sure that the cluster runs, and returns the kubeconfig that reaches it as an administrator. */
    Path up();

    /** Brings image archives to every node. */
    void load(List<Path> archives);

    /** Removes the cluster and everything of it, if it is ours to remove. */
    void down();

    /** How to break the cluster on purpose, where that is possible. */
    Optional<Faults> faults();
}

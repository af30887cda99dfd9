package dev.skete.e2e.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The cluster that the user's {@code $KUBECONFIG} names. It is theirs, and never taken down.
 *
 * @param ours what can be done to it beyond its API, when it is an embedded cluster that the user started with {@code make cluster-up}
 */
record GivenCluster(Path kubeconfig, Optional<EmbeddedCluster> ours) implements Cluster {

    @Override
    public String description() {
        return ours.isPresent()
                ? "the embedded cluster of $KUBECONFIG"
                : "the cluster of $KUBECONFIG (" + kubeconfig
                        + "); its nodes must have the images, or be able to pull them";
    }

    @Override
    public Path up() {
        return kubeconfig;
    }

    /** Nodes that are not ours pull from the registry that the chart's image values name. */
    @Override
    public void load(List<Path> archives) {
        ours.ifPresent(cluster -> cluster.load(archives));
    }

    @Override
    public void down() {
        // Not ours to take down.
    }

    @Override
    public Optional<Faults> faults() {
        return ours.map(Faults.class::cast);
    }
}

package dev.skete.e2e.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The cluster that the user's {@code $KUBECONFIG} names. It is theirs: nothing is loaded into its nodes, and it is never taken down. */
record GivenCluster(Path kubeconfig) implements Cluster {

    @Override
    public String description() {
        return "the cluster of $KUBECONFIG (" + kubeconfig + "); its nodes must be able to pull the images";
    }

    @Override
    public Path up() {
        return kubeconfig;
    }

    @Override
    public void load(List<Path> archives) {
        // Its nodes pull from a registry that the user names with the chart's image values.
    }

    @Override
    public void down() {
        // Not ours.
    }

    @Override
    public Optional<Faults> faults() {
        return Optional.empty();
    }
}

package dev.skete.e2e.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses a cluster: the one the user names, else K3s where Docker runs, else the embedded one. */
public final class Clusters {
    private Clusters() {}

    public static Cluster forThisMachine(Path checkout, Map<String, String> environment) {
        @Nullable String kubeconfig = environment.get("KUBECONFIG");
        if (kubeconfig != null && !kubeconfig.isBlank()) {
            Path path = Path.of(kubeconfig);
            var embedded = new EmbeddedCluster(checkout);
            return new GivenCluster(path, embedded.isReachedBy(path) ? Optional.of(embedded) : Optional.empty());
        }
        if (K3sCluster.available()) {
            return new K3sCluster(checkout);
        }
        return new EmbeddedCluster(checkout);
    }
}

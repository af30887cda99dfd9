package dev.skete.agent.uninstall;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When the agent stops because its DaemonSet was uninstalled, removes its files from the node. An agent that is replaced or restarted,
 * or that cannot tell, touches nothing: guests run from these files.
 * <p>
 * The API server's answer alone does not tell. The token of a pod that was deleted by force is no longer valid, as after an uninstall,
 * and the next agent may be there already.
 */
public final class Uninstall {
    private static final Logger LOG = LoggerFactory.getLogger(Uninstall.class);

    private final KubernetesClient client;
    private final Optional<DaemonSetName> daemonSet;
    private final Path root;
    private final NodeFiles files;
    private final InstallationMark ours;

    /**
     * To be made when the agent starts: what is installed now is its own.
     *
     * @param daemonSet the agent's own; without one nothing is ever removed
     * @param root the agent's directory on the node
     * @param seccompProfiles the other one, if it has it
     */
    public Uninstall(
            KubernetesClient client, Optional<DaemonSetName> daemonSet, Path root, Optional<Path> seccompProfiles) {
        this(
                client,
                daemonSet,
                root,
                new NodeFiles(
                        Stream.concat(Stream.of(root), seccompProfiles.stream()).toList(), Path.of("/proc")));
    }

    Uninstall(KubernetesClient client, Optional<DaemonSetName> daemonSet, Path root, NodeFiles files) {
        this.client = client;
        this.daemonSet = daemonSet;
        this.root = root;
        this.files = files;
        this.ours = InstallationMark.read(root);
    }

    /** To be called after everything that closes a socket in those files. */
    public void onStop() throws IOException {
        if (daemonSet.isEmpty()) {
            return;
        }
        var installation = new InstallationQuery(client, daemonSet.get()).ask();
        if (installation != Installation.Gone) {
            return;
        }
        if (files.inUse()) {
            LOG.warn("Skete was uninstalled while guests run on this node; {} are left to them", files.roots());
            return;
        }
        if (!InstallationMark.read(root).equals(ours)) {
            LOG.info("another node agent is being started here; {} are left to it", files.roots());
            return;
        }
        files.remove();
        LOG.info("Skete was uninstalled; {} are empty", files.roots());
    }
}

package dev.skete.agent.uninstall;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * When the agent stops because its DaemonSet was uninstalled, removes its files from the node. An agent that is replaced or restarted,
 * or that cannot tell, touches nothing: guests run from these files.
 * <p>
 * The API server's answer alone does not tell. The token of a pod that was deleted by force is no longer valid, as after an uninstall,
 * and the next agent may be there already.
 */
@ApplicationScoped
class Uninstall {
    private static final Logger LOG = Logger.getLogger(Uninstall.class);

    private final KubernetesClient client;
    private final Optional<String> namespace;
    private final Optional<String> daemonSet;
    private final Path root;
    private final NodeFiles files;
    private InstallationMark ours = new InstallationMark("");

    /**
     * Without a namespace and a DaemonSet nothing is ever removed.
     *
     * @param namespace of the agent's pod
     * @param daemonSet the agent's own, by name
     */
    Uninstall(
            KubernetesClient client,
            @ConfigProperty(name = "skete.uninstall.namespace") Optional<String> namespace,
            @ConfigProperty(name = "skete.uninstall.daemon-set") Optional<String> daemonSet,
            @ConfigProperty(name = "skete.agent.root", defaultValue = "/var/lib/skete") Path root,
            @ConfigProperty(name = "skete.agent.seccomp-dir") Optional<Path> seccompProfiles) {
        this.client = client;
        this.namespace = namespace;
        this.daemonSet = daemonSet;
        this.root = root;
        this.files = new NodeFiles(
                Stream.concat(Stream.of(root), seccompProfiles.stream()).toList(), Path.of("/proc"));
    }

    void onStart(@Observes StartupEvent event) {
        ours = InstallationMark.read(root);
    }

    /** After everything that closes a socket in those files. */
    void onStop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) throws IOException {
        if (namespace.isEmpty() || daemonSet.isEmpty()) {
            return;
        }
        var installation = new InstallationQuery(client, namespace.get(), daemonSet.get()).ask();
        if (installation != Installation.Gone) {
            return;
        }
        if (files.inUse()) {
            LOG.warnf("Skete was uninstalled while guests run on this node; %s are left to them", files.roots());
            return;
        }
        if (!InstallationMark.read(root).equals(ours)) {
            LOG.infof("another node agent is being started here; %s are left to it", files.roots());
            return;
        }
        files.remove();
        LOG.infof("Skete was uninstalled; %s are empty", files.roots());
    }
}

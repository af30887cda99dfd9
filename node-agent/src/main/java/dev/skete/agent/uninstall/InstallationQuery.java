package dev.skete.agent.uninstall;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks the API server for the agent's own DaemonSet, for no longer than the pod's grace period can spare. */
record InstallationQuery(KubernetesClient client, DaemonSetName daemonSet) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    Installation ask() {
        return CompletableFuture.supplyAsync(this::askPatiently)
                .completeOnTimeout(Installation.Unknown, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private Installation askPatiently() {
        try {
            var found = client.apps()
                    .daemonSets()
                    .inNamespace(daemonSet.namespace())
                    .withName(daemonSet.name())
                    .get();
            return found == null || found.isMarkedForDeletion() ? Installation.Gone : Installation.Present;
        } catch (KubernetesClientException e) {
            return Installation.fromRefusal(e.getCode());
        }
    }
}

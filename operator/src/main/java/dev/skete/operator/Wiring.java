package dev.skete.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Beans the framework looks for, and those that tests replace. */
final class Wiring {
    private static final String LEASE = "skete-operator";
    private static final int LOST_LEASE = 1;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Of several operators one acts; the others wait for its lease to run out. One that loses its lease ends, for it must not act any
     * longer. Not by System.exit, the framework's way: called during a shutdown, when the lease is given back, that never returns.
     */
    @Produces
    @Singleton
    LeaderElectionConfiguration leaderElection(KubernetesClient client, OperatorConfig config) {
        return new LeaderElectionConfiguration(
                LEASE,
                config.namespace().orElse(client.getNamespace()),
                LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
                LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
                LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
                config.instance(),
                new LeaderCallbacks(() -> {}, () -> Quarkus.asyncExit(LOST_LEASE), leader -> {}),
                false);
    }

    /** By kind, never by name: a metric per object would grow with the cluster. */
    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        return MicrometerMetrics.withoutPerResourceMetrics(registry);
    }
}

package dev.skete.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Beans the framework looks for, and those that tests replace. */
final class Wiring {
    private static final String LEASE = "skete-operator";

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Of several operators one acts; the others wait for its lease to run out. */
    @Produces
    @Singleton
    LeaderElectionConfiguration leaderElection(KubernetesClient client, OperatorConfig config) {
        return new LeaderElectionConfiguration(
                LEASE, config.namespace().orElse(client.getNamespace()), config.instance());
    }

    /** By kind, never by name: a metric per object would grow with the cluster. */
    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        return MicrometerMetrics.withoutPerResourceMetrics(registry);
    }
}

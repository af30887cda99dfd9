package dev.skete.agent;

import dev.skete.agent.net.WiringException;
import dev.skete.agent.report.AgentMetrics;
import dev.skete.agent.report.GuestJournal;
import dev.skete.agent.report.PodReporter;
import dev.skete.agent.report.PodStatusApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;

/** Starts the agent with the application and stops it with it. */
@ApplicationScoped
class AgentLifecycle {
    private final NodeAgent agent;
    private final PodReporter reporter;

    AgentLifecycle(AgentConfig config, KubernetesClient client, MeterRegistry registry) {
        var metrics = new AgentMetrics(registry);
        reporter = new PodReporter(new PodStatusApi(client, config.nodeName(), Clock.systemUTC()));
        var journal = new GuestJournal(reporter::report);
        metrics.count(journal);
        agent = new NodeAgent(config, journal, metrics);
    }

    void start(@Observes StartupEvent event) throws IOException, WiringException {
        agent.start();
        reporter.start();
    }

    void stop(@Observes ShutdownEvent event) {
        reporter.close();
        agent.close();
    }

    boolean isReady() {
        return agent.isReady();
    }
}

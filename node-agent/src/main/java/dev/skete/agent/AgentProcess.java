package dev.skete.agent;

import dev.skete.agent.report.AgentMetrics;
import dev.skete.agent.report.GuestJournal;
import dev.skete.agent.report.PodReporter;
import dev.skete.agent.report.PodStatusApi;
import dev.skete.agent.report.ProcessMetrics;
import dev.skete.agent.uninstall.Uninstall;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the agent's process holds. A restarted agent takes over the guests that run before it does anything else that takes time. */
final class AgentProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);

    private final NodeAgent agent;
    private final PodReporter reporter;
    private final StatusServer status;
    private final KubernetesClient client;
    private final Uninstall uninstall;

    private AgentProcess(
            NodeAgent agent, PodReporter reporter, StatusServer status, KubernetesClient client, Uninstall uninstall) {
        this.agent = agent;
        this.reporter = reporter;
        this.status = status;
        this.client = client;
        this.uninstall = uninstall;
    }

    /** Returns when guests can be launched and everything is served. */
    static AgentProcess start(AgentConfig config, Preparation preparation) throws IOException {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var metrics = new AgentMetrics(registry);
        var reporter = new PodReporter();
        var journal = new GuestJournal(reporter::report);
        metrics.count(journal);
        var agent = new NodeAgent(config, journal, metrics);
        preparation.install();
        var status = StatusServer.open(
                config.port(), agent::isReady, () -> registry.scrape(TextFormat.CONTENT_TYPE_OPENMETRICS_100));
        agent.open();
        preparation.rehearse();
        agent.offer();
        var client = client();
        reporter.start(new PodStatusApi(client, config.nodeName(), Clock.systemUTC()));
        ProcessMetrics.bind(registry);
        WarmUp.start();
        LOG.info(
                "Started in {} s; health and metrics are on port {}",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
                status.port());
        return new AgentProcess(
                agent,
                reporter,
                status,
                client,
                new Uninstall(client, config.daemonSet(), config.root(), config.seccompDir()));
    }

    /** The reporter tries again by itself, and then with the latest condition. */
    private static KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder().withRequestRetryBackoffLimit(0).build())
                .build();
    }

    PodReporter reporter() {
        return reporter;
    }

    int port() {
        return status.port();
    }

    /** In this order: the agent's files can go only when nothing serves from them any more. */
    @Override
    public void close() {
        reporter.close();
        agent.close();
        status.close();
        try {
            uninstall.onStop();
        } catch (IOException e) {
            LOG.error("The agent's files are still on the node", e);
        }
        client.close();
    }
}

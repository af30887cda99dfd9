package dev.skete.e2e.bench;

import dev.skete.e2e.fixture.Sandbox;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * An agent is killed with fifty guests running on its node and two hundred requests a second on their way: how long until the next agent counts
 * every guest as running again, from the start of its process, and how many requests failed.
 */
final class AgentRestart {
    private static final int GUESTS = 50;
    /** Fifty that ask for the usual 70m of CPU do not fit on a node of two. */
    private static final String SMALL = "memory: 32Mi, cpuRequest: 1m";

    private static final int REQUESTS_PER_SECOND = 200;
    /** The start of fifty is over by then, also for their nodes' processors. */
    private static final Duration BEFORE = Duration.ofSeconds(30);

    private static final Duration AFTER = Duration.ofSeconds(10);

    /** What the figure may be too large by. Asking more often is work that this machine's nodes would wait for. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private static final String NODE_NAME = "SKETE_AGENT_NODE_NAME=";
    private static final String RUNNING = "skete_guests{state=\"Running\"}";

    private final Sandbox sandbox;
    private final AgentPages pages;

    AgentRestart(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.pages = AgentPages.of(sandbox);
    }

    List<?> measure() {
        if (sandbox.installation().cluster().faults().isEmpty()) {
            return List.of("(not measured: the nodes' processes are not on this machine)");
        }
        String node = pages.agents().keySet().iterator().next();
        placeAllOn(node);
        double guests = pages.value(node, RUNNING).orElseThrow();
        try (var load = new SteadyRequests(service(), REQUESTS_PER_SECOND)) {
            Pause.of(BEFORE);
            long killed = System.nanoTime();
            LocalProcess.withVariable(NODE_NAME + node).forEach(LocalProcess::kill);
            double sinceStart = awaitAdoption(node, guests, killed);
            double sinceKill = (System.nanoTime() - killed) / 1e9;
            Pause.of(AFTER);
            load.close();
            return List.of(
                    new Figure.Quantity(GUESTS + " guests adopted, after the agent's start", sinceStart, "s", 2),
                    GUESTS + " guests adopted, after the kill: %.1f s".formatted(sinceKill),
                    "failed of " + load.sent() + " requests at " + REQUESTS_PER_SECOND + "/s: " + load.failures());
        }
    }

    private URI service() {
        return URI.create("http://"
                + sandbox.client()
                        .services()
                        .inNamespace(sandbox.namespace())
                        .withName("many")
                        .require()
                        .getSpec()
                        .getClusterIP()
                + "/");
    }

    private void placeAllOn(String node) {
        var others = pages.agents().keySet().stream()
                .filter(other -> !other.equals(node))
                .toList();
        others.forEach(other -> sandbox.kubectl("cordon", other).run());
        try {
            sandbox.apply(Peers.guest("many", GUESTS).replace("memory: 32Mi", SMALL));
            sandbox.awaitReady("many", GUESTS, Duration.ofMinutes(3));
        } finally {
            others.forEach(other -> sandbox.kubectl("uncordon", other).run());
        }
    }

    /** Seconds from the start of the agent's process until it counts its guests, all there are on its node. */
    private double awaitAdoption(String node, double guests, long killed) {
        return Awaitility.await("the agent of " + node)
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> ageWhenAdopted(node, guests, killed), Optional::isPresent)
                .orElseThrow();
    }

    /** The dead process may be found for a moment yet; it is older than its death. */
    private Optional<Double> ageWhenAdopted(String node, double guests, long killed) {
        return pages.value(node, RUNNING).orElse(0) == guests
                ? LocalProcess.withVariable(NODE_NAME + node).stream()
                        .map(LocalProcess::ageSeconds)
                        .filter(age -> age < (System.nanoTime() - killed) / 1e9)
                        .findFirst()
                : Optional.empty();
    }
}

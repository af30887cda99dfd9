package dev.skete.e2e.bench;

import dev.skete.e2e.fixture.Sandbox;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * The agents of all nodes are killed with fifty guests running and two hundred requests a second on their way: how long until the new agents
 * count every guest as running again, from the start of their processes, and how many requests failed.
 */
final class AgentRestart {
    private static final int GUESTS = 50;
    private static final int REQUESTS_PER_SECOND = 200;
    private static final Duration BEFORE_AND_AFTER = Duration.ofSeconds(10);

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
        sandbox.apply(Peers.guest("many", GUESTS));
        sandbox.awaitReady("many", GUESTS, Duration.ofMinutes(3));
        var guests = guestsByAgent();
        try (var load = new SteadyRequests(service(), REQUESTS_PER_SECOND)) {
            Pause.of(BEFORE_AND_AFTER);
            long killed = System.nanoTime();
            agents().forEach(LocalProcess::kill);
            double sinceStart = awaitAdoption(guests, killed);
            double sinceKill = (System.nanoTime() - killed) / 1e9;
            Pause.of(BEFORE_AND_AFTER);
            load.close();
            return List.of(
                    new Figure.Quantity(
                            GUESTS + " guests adopted, after the start of the slower agent", sinceStart, "s", 2),
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

    /** Seconds from the start of an agent's process until it counts its guests, of the slower agent. */
    private double awaitAdoption(Map<String, Double> guests, long killed) {
        return guests.entrySet().parallelStream()
                .mapToDouble(node -> Awaitility.await("the agent of " + node.getKey())
                        .atMost(Duration.ofMinutes(1))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(BETWEEN_LOOKS)
                        .until(() -> ageWhenAdopted(node.getKey(), node.getValue(), killed), Optional::isPresent)
                        .orElseThrow())
                .max()
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

    /** All that they count, the guests of others too. */
    private Map<String, Double> guestsByAgent() {
        return pages.agents().keySet().stream()
                .collect(Collectors.toMap(
                        node -> node, node -> pages.value(node, RUNNING).orElseThrow()));
    }

    private static List<LocalProcess> agents() {
        return LocalProcess.withVariable(NODE_NAME);
    }
}

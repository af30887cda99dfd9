package dev.skete.e2e.bench;

import dev.skete.e2e.fixture.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;

/** From the create request of twenty replicas to all of them Ready, in turns with a Deployment of plain containers. */
final class TwentyReplicas {
    static final int REPLICAS = 20;
    private static final int ROUNDS = 3;

    private final Sandbox sandbox;

    TwentyReplicas(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    List<Figure> measure() {
        var guests = new Samples();
        var containers = new Samples();
        for (int round = 0; round < ROUNDS; round++) {
            guests.add(timed("unikernel", "many", Peers.guest("many", REPLICAS), "skete.dev/unikernel=many"));
            containers.add(timed("deployment", "plain", Peers.deployment("plain", REPLICAS), "app=plain"));
        }
        return List.of(new Figure.Ratio("20 replicas: create -> all Ready", guests, containers, 1.30));
    }

    private double timed(String kind, String name, String yaml, String selector) {
        long begin = System.nanoTime();
        sandbox.apply(yaml);
        awaitCount(() -> ready(selector), REPLICAS);
        double elapsed = (System.nanoTime() - begin) / 1e6;
        sandbox.kubectl("delete", kind, name, "--wait=true").run();
        awaitCount(() -> pods(selector).size(), 0);
        return elapsed;
    }

    private void awaitCount(IntSupplier count, int wanted) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofMinutes(2))
                .until(() -> count.getAsInt() == wanted);
    }

    private int ready(String selector) {
        return (int) pods(selector).stream()
                .filter(pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True")))
                .count();
    }

    private List<io.fabric8.kubernetes.api.model.Pod> pods(String selector) {
        return sandbox.client()
                .pods()
                .inNamespace(sandbox.namespace())
                .withLabelSelector(selector)
                .list()
                .getItems();
    }
}

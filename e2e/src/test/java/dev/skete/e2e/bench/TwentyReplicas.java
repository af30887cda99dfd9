package dev.skete.e2e.bench;

import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/**
 * From the create request of twenty replicas to all of them Ready, in turns with the same objects around plain containers: a Deployment, a
 * Service and a PodDisruptionBudget. Readiness is watched, not asked for: twenty pods listed over and over slow down a machine this small.
 */
final class TwentyReplicas {
    static final int REPLICAS = 20;
    private static final int ROUNDS = 6;

    /** The nodes clear up for some seconds after the API server has forgotten the pods; neither side should pay for the other. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final Sandbox sandbox;

    TwentyReplicas(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    List<Figure> measure() {
        var guests = new Samples();
        var containers = new Samples();
        for (int round = 0; round < ROUNDS; round++) {
            boolean guestsFirst = round % 2 == 0;
            if (guestsFirst) {
                guests.add(guests());
            }
            containers.add(containers());
            if (!guestsFirst) {
                guests.add(guests());
            }
        }
        return List.of(new Figure.Ratio("20 replicas: create -> all Ready", guests, containers, 1.30));
    }

    private double guests() {
        return timed("unikernel", "many", Peers.guest("many", REPLICAS), "skete.dev/unikernel");
    }

    private double containers() {
        return timed("deployment,service,poddisruptionbudget", "plain", Peers.served("plain", REPLICAS), "app");
    }

    private double timed(String kinds, String name, String yaml, String label) {
        var ready = new ReadyPods();
        double elapsed;
        try (var _ = pods(label, name).inform(ready)) {
            long begin = System.nanoTime();
            sandbox.apply(yaml);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> ready.count() == REPLICAS);
            elapsed = (System.nanoTime() - begin) / 1e6;
        }
        sandbox.kubectl("delete", kinds, name, "--wait=true").run();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> pods(label, name).list().getItems().isEmpty());
        Pause.of(SETTLING);
        return elapsed;
    }

    private FilterWatchListDeletable<Pod, PodList, PodResource> pods(String label, String name) {
        return sandbox.client().pods().inNamespace(sandbox.namespace()).withLabel(label, name);
    }

    /** The pods that the API server has said are Ready. */
    private static final class ReadyPods implements ResourceEventHandler<Pod> {
        private final Set<String> names = ConcurrentHashMap.newKeySet();

        int count() {
            return names.size();
        }

        @Override
        public void onAdd(Pod pod) {
            if (Readiness.isPodReady(pod)) {
                names.add(pod.getMetadata().getName());
            }
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            onAdd(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean isStateUnknown) {
            names.remove(pod.getMetadata().getName());
        }
    }
}

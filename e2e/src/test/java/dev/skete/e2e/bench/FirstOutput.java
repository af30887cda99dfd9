package dev.skete.e2e.bench;

import dev.skete.api.Unikernel;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** From the create request to the first byte on the console, in turns A-B-B-A with a plain container. */
final class FirstOutput {
    private static final int ROUNDS = 10;

    private final Sandbox sandbox;
    private int serial;

    FirstOutput(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** The first of everything pays for caches that nobody pays for again. */
    void warmUp() {
        guest();
        container();
    }

    List<Figure> measure() {
        var guests = new Samples();
        var containers = new Samples();
        for (int round = 0; round < ROUNDS; round++) {
            guests.add(guest());
            containers.add(container());
            containers.add(container());
            guests.add(guest());
        }
        return List.of(new Figure.Ratio("create -> first output", guests, containers, 1.15));
    }

    private double guest() {
        String name = "one-" + serial++;
        return timed(
                Serialization.unmarshal(Peers.guest(name, 1), Unikernel.class),
                () -> sandbox.guests(name).stream().findFirst());
    }

    private double container() {
        String name = "plain-" + serial++;
        return timed(
                Serialization.unmarshal(Peers.pod(name), Pod.class),
                () -> Optional.ofNullable(sandbox.client()
                        .pods()
                        .inNamespace(sandbox.namespace())
                        .withName(name)
                        .get()));
    }

    private double timed(HasMetadata object, java.util.function.Supplier<Optional<Pod>> pod) {
        var resource = sandbox.client().resource(object).inNamespace(sandbox.namespace());
        long begin = System.nanoTime();
        resource.create();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(60))
                .until(() -> pod.get().map(this::hasOutput).orElse(false));
        double elapsed = (System.nanoTime() - begin) / 1e6;
        resource.delete();
        sandbox.await("the pod to be gone", pod::get, Optional::isEmpty);
        return elapsed;
    }

    /** A container that has not started has no log, which the API server says as an error. */
    private boolean hasOutput(Pod pod) {
        try {
            return !sandbox.log(pod).isEmpty();
        } catch (KubernetesClientException e) {
            return false;
        }
    }
}

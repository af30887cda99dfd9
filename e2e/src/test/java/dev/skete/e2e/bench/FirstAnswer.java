package dev.skete.e2e.bench;

import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * From {@code kubectl apply} to the first HTTP 200 through the Service: a Hermit web server, in turns A-B-B-A with a web server in a plain
 * container. Asks from the machine it runs on, which on the embedded cluster reaches Services.
 */
final class FirstAnswer implements AutoCloseable {
    private static final int ROUNDS = 10;

    private final Sandbox sandbox;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofMillis(200)).build();
    private int serial;

    FirstAnswer(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    List<Figure> measure() {
        hermit();
        container();
        var guests = new Samples();
        var containers = new Samples();
        for (int round = 0; round < ROUNDS; round++) {
            guests.add(hermit());
            containers.add(container());
            containers.add(container());
            guests.add(hermit());
        }
        return List.of(new Figure.Ratio("Hermit: apply -> first HTTP 200", guests, containers, 1.4));
    }

    private double hermit() {
        String name = "hermit-" + serial++;
        return timed(name, Peers.hermit(name), "/", "unikernel/" + name);
    }

    private double container() {
        String name = "plain-" + serial++;
        return timed(
                name,
                Peers.deployment(name, 1) + "---\n" + Peers.service(name),
                "/busybox",
                "deployment/" + name,
                "service/" + name);
    }

    private double timed(String name, String manifest, String path, String... objects) {
        long begin = System.nanoTime();
        sandbox.apply(manifest);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        address(name).map(ip -> answers("http://" + ip + path)).orElse(false));
        double elapsed = (System.nanoTime() - begin) / 1e6;
        for (var object : objects) {
            sandbox.kubectl("delete", object, "--wait=false").run();
        }
        sandbox.await(
                "the pods to be gone",
                () -> sandbox.client()
                        .pods()
                        .inNamespace(sandbox.namespace())
                        .list()
                        .getItems(),
                List::isEmpty);
        return elapsed;
    }

    private Optional<String> address(String name) {
        return Optional.ofNullable(sandbox.client()
                        .services()
                        .inNamespace(sandbox.namespace())
                        .withName(name)
                        .get())
                .map(Service::getSpec)
                .map(spec -> spec.getClusterIP());
    }

    private boolean answers(String url) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMillis(500))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + url, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

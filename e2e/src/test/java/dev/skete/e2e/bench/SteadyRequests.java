package dev.skete.e2e.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests at a fixed rate, whether those before were answered or not, until this is closed; each that is not answered with 200 in two seconds has failed. */
final class SteadyRequests implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    SteadyRequests(URI url, int perSecond) {
        var request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
        clock.scheduleAtFixedRate(
                () -> requests.execute(() -> send(request)), 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
    }

    private void send(HttpRequest request) {
        sent.incrementAndGet();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                failures.merge("status " + status, 1, Integer::sum);
            }
        } catch (IOException e) {
            failures.merge(e.toString(), 1, Integer::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int sent() {
        return sent.get();
    }

    /** How often each thing went wrong. */
    Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }

    /** Waits for the requests that are under way. */
    @Override
    public void close() {
        clock.close();
        requests.close();
        http.close();
    }
}

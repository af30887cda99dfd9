package dev.skete.e2e.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A steady load on each guest that nobody means to disturb, which none may leave unanswered. */
final class Requests implements AutoCloseable {
    /** A request is lost that is not answered by then; on two busy cores everything may take seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Map<String, Thread> loops = new ConcurrentHashMap<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();

    /** Requests go to these guests from now on, and to those before that were not released. */
    void add(List<Guest> guests) {
        for (var guest : guests) {
            loops.computeIfAbsent(
                    guest.uid(),
                    _ -> Thread.ofVirtual().name("load of " + guest).start(() -> loop(guest)));
        }
    }

    /** Returns when the last request to these guests' pods, by UID, has been answered. */
    void release(Set<String> uids) throws InterruptedException {
        for (var uid : uids) {
            var loop = loops.remove(uid);
            if (loop != null) {
                loop.interrupt();
                loop.join();
            }
        }
    }

    private void loop(Guest guest) {
        var http = new GuestHttp(guest.ip(), PATIENCE);
        while (!Thread.currentThread().isInterrupted()) {
            request(guest, http);
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void request(Guest guest, GuestHttp http) {
        long begin = System.nanoTime();
        try {
            http.get("/healthz");
            answered.incrementAndGet();
            slowest.accumulateAndGet(System.nanoTime() - begin, Math::max);
        } catch (IOException e) {
            // An interrupted socket says so by this exception too; its request was not the guest's to lose.
            if (!Thread.currentThread().isInterrupted()) {
                lost.add(Instant.now() + " request to bystander " + guest + " at " + guest.ip() + ": " + e);
            }
        }
    }

    List<String> lost() {
        return List.copyOf(lost);
    }

    long answered() {
        return answered.get();
    }

    Duration slowest() {
        return Duration.ofNanos(slowest.get());
    }

    @Override
    public void close() {
        loops.values().forEach(Thread::interrupt);
    }
}

package dev.skete.agent.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Conditions that wait to be written, the latest of each pod only. Bounded: while the API server is away for long, the pods that waited
 * longest are given up first, and their guests report again when something changes.
 */
final class LatestConditions {
    private final int capacity;
    private final Map<String, GuestCondition> byPod = new LinkedHashMap<>();

    /** A condition and whose it is. */
    record Entry(String podUid, GuestCondition condition) {}

    LatestConditions(int capacity) {
        this.capacity = capacity;
    }

    synchronized void put(String podUid, GuestCondition condition) {
        byPod.remove(podUid);
        if (byPod.size() >= capacity) {
            var eldest = byPod.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        byPod.put(podUid, condition);
        notifyAll();
    }

    /** Puts back what could not be written, unless something newer waits already. */
    synchronized void putBack(Entry entry) {
        byPod.putIfAbsent(entry.podUid(), entry.condition());
    }

    /** Says that a pod that was not known may be known now. */
    synchronized void wake() {
        notifyAll();
    }

    /** Waits for a condition whose pod passes, and takes it out. */
    synchronized Entry take(Predicate<String> isKnown) throws InterruptedException {
        while (true) {
            var found = first(isKnown);
            if (found.isPresent()) {
                byPod.remove(found.get().podUid());
                return found.get();
            }
            wait();
        }
    }

    private Optional<Entry> first(Predicate<String> isKnown) {
        return byPod.entrySet().stream()
                .filter(entry -> isKnown.test(entry.getKey()))
                .findFirst()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()));
    }
}

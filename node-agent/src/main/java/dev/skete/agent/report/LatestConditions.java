package dev.skete.agent.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Conditions that wait to be written, the latest of each pod only. Bounded: while the API server is away for long, the pods that waited
 * longest are given up first, and their guests report again when something changes.
 */
final class LatestConditions {
    private final int capacity;
    private final Map<PodRef, GuestCondition> byPod = new LinkedHashMap<>();

    /** A condition and whose it is. */
    record Entry(PodRef pod, GuestCondition condition) {}

    LatestConditions(int capacity) {
        this.capacity = capacity;
    }

    synchronized void put(PodRef pod, GuestCondition condition) {
        byPod.remove(pod);
        if (byPod.size() >= capacity) {
            var eldest = byPod.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        byPod.put(pod, condition);
        notifyAll();
    }

    /** Puts back what could not be written, unless something newer waits already. */
    synchronized void putBack(Entry entry) {
        byPod.putIfAbsent(entry.pod(), entry.condition());
    }

    /** Waits for a condition and takes out the one that waited longest. */
    synchronized Entry take() throws InterruptedException {
        while (byPod.isEmpty()) {
            wait();
        }
        var eldest = byPod.entrySet().iterator();
        var next = eldest.next();
        eldest.remove();
        return new Entry(next.getKey(), next.getValue());
    }
}

package dev.skete.agent.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Conditions that wait to be written, the latest of each pod only. Bounded: while the API server is away for long, the pods that waited
 * longest are given up first, and their guests report again when something changes.
 */
final class LatestConditions {
    private final int capacity;
    private final Map<PodRef, GuestNews> byPod = new LinkedHashMap<>();

    LatestConditions(int capacity) {
        this.capacity = capacity;
    }

    synchronized void put(GuestNews news) {
        var unsaid = byPod.remove(news.pod());
        if (byPod.size() >= capacity) {
            var eldest = byPod.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        boolean first = news.first() || (unsaid != null && unsaid.first());
        byPod.put(news.pod(), new GuestNews(news.pod(), news.condition(), first));
        notifyAll();
    }

    /** Puts back what could not be written, unless something newer waits already. */
    synchronized void putBack(GuestNews news) {
        byPod.putIfAbsent(news.pod(), news);
    }

    /** Waits for a condition and takes out the one that waited longest. */
    synchronized GuestNews take() throws InterruptedException {
        while (byPod.isEmpty()) {
            wait();
        }
        var eldest = byPod.values().iterator();
        var next = eldest.next();
        eldest.remove();
        return next;
    }
}

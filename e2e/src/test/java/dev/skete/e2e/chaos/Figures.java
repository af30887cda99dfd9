package dev.skete.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a walk has done and seen. */
final class Figures {
    private final Map<String, Integer> changes = new TreeMap<>();
    private final Map<String, Integer> faults = new TreeMap<>();
    private final Map<String, Integer> lives = new HashMap<>();
    private final List<Settled> settled = new ArrayList<>();

    private record Settled(Step step, Duration truth) {}

    /** A step after which everything was true in time. */
    void add(Step step, Duration truth) {
        step.all()
                .forEach(action ->
                        (action instanceof Action.Change ? changes : faults).merge(action.kind(), 1, Integer::sum));
        settled.add(new Settled(step, truth));
    }

    /** Each pod of a guest is a life, and so is each time it was started again. */
    void saw(World world) {
        world.guests().forEach(guest -> lives.merge(guest.uid(), guest.restarts() + 1, Math::max));
    }

    int steps() {
        return settled.size();
    }

    int faults() {
        return sum(faults);
    }

    int lives() {
        return sum(lives);
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private double quantile(double share) {
        var sorted = settled.stream().map(Settled::truth).sorted().toList();
        return sorted.isEmpty() ? 0 : seconds(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static String list(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Of a walk that came to its end: it does not when a guest or a request is lost. */
    String report(long seed, Requests requests) {
        var worst = settled.stream().max(Comparator.comparing(Settled::truth));
        return String.format(
                Locale.ROOT,
                """
                seed %d
                steps %d
                faults %d: %s
                changes %d: %s
                guests' lives %d, guests lost 0
                requests to bystanders %d, lost 0, slowest %.2f s
                time to truth: median %.1f s, p95 %.1f s, worst %.1f s (%s)
                """,
                seed,
                settled.size(),
                faults(),
                list(faults),
                sum(changes),
                list(changes),
                lives(),
                requests.answered(),
                seconds(requests.slowest()),
                quantile(0.5),
                quantile(0.95),
                quantile(1),
                worst.map(s -> s.step().toString()).orElse("none"));
    }
}

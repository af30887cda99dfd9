package dev.skete.e2e.bench;

import java.util.ArrayList;
import java.util.List;

/** Durations of one side, in milliseconds. */
final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double milliseconds) {
        values.add(milliseconds);
    }

    int count() {
        return values.size();
    }

    /** The nearest-rank quantile; {@code q} from 0 to 1. */
    double quantile(double q) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(q * sorted.size()) - 1));
    }
}

package dev.skete.e2e.bench;

import java.util.Locale;

/** One line of the report: what was measured, and what it is measured against. */
sealed interface Figure {

    /** Medians of two sides measured in turns in this run, in milliseconds. */
    record Ratio(String what, Samples ours, Samples peer, double target) implements Figure {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-44s %5.2fx (target <= %.2fx)   ours p50 %.0f ms, p95 %.0f ms; plain container p50 %.0f ms, p95 %.0f ms; n=%d",
                    what,
                    ours.quantile(0.5) / peer.quantile(0.5),
                    target,
                    ours.quantile(0.5),
                    ours.quantile(0.95),
                    peer.quantile(0.5),
                    peer.quantile(0.95),
                    ours.count());
        }
    }

    /** A quantity with a limit of its own. */
    record Quantity(String what, double value, String unit, double limit) implements Figure {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-44s %.2f %s (limit %.0f)", what, value, unit, limit);
        }
    }
}

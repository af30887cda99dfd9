package dev.skete.e2e.bench.exit;

import dev.skete.e2e.Family;
import java.util.Optional;

/**
 * One line of the matrix, as it is printed.
 *
 * @param seen empty if nothing was run, or the run did not end
 */
record Row(Family family, Way way, Cell cell, Optional<End> seen) {

    boolean isMissed() {
        return switch (cell) {
            case Cell.Impossible _ -> false;
            case Cell.Possible possible ->
                !seen.map(possible.expected()::isMetBy).orElse(false);
        };
    }

    @Override
    public String toString() {
        return switch (cell) {
            case Cell.Impossible(var why) -> line("not possible: " + why, "");
            case Cell.Possible possible -> line(possible.expected().toString(), verdict(possible.expected()));
        };
    }

    private String verdict(End expected) {
        if (!isMissed()) {
            return seen.filter(end -> end.toString().equals(expected.toString()))
                    .map(_ -> "as expected")
                    .orElseGet(() -> "as expected, but the guest's reason was overtaken: "
                            + seen.map(End::guestReason).orElseThrow());
        }
        return "**MISSED**: "
                + seen.map(end -> end + ": " + end.message()).orElse("did not end")
                + (expected.message().isEmpty() ? "" : " (wanted: \"" + expected.message() + "\")");
    }

    private String line(String expected, String verdict) {
        return "| `%s` | %s | %s | %s |".formatted(family.runtime(), way, expected, verdict);
    }
}

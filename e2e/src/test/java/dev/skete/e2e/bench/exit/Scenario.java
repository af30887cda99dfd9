package dev.skete.e2e.bench.exit;

import dev.skete.e2e.Family;
import java.util.List;

/**
 * How a guest is brought to an end.
 *
 * @param args of the guest
 * @param memory of the guest; empty: what its family has
 * @param spec a line of its spec, in the place of its family's own; empty: none
 * @param runtimeFields of its family's runtime that are other than shipped, as YAML; empty: none
 * @param hand what is done to it while it runs
 */
record Scenario(List<String> args, String memory, String spec, String runtimeFields, Hand hand) {
    private static final String JOB = "job: {backoffLimit: 0}";
    /** Long enough for a guest to run, under four at a time; short enough to wait for. */
    private static final String JOB_WITH_DEADLINE = "job: {backoffLimit: 0, activeDeadlineSeconds: 15}";

    /** What is done to a guest from outside. */
    enum Hand {
        NONE,
        KILL_VMM,
        DELETE_POD,
        LET_TIME_RUN_OUT
    }

    static Scenario with(String... args) {
        return new Scenario(List.of(args), "", "", "", Hand.NONE);
    }

    Scenario memory(String quantity) {
        return new Scenario(args, quantity, spec, runtimeFields, hand);
    }

    Scenario spec(String line) {
        return new Scenario(args, memory, line, runtimeFields, hand);
    }

    Scenario on(String fields) {
        return new Scenario(args, memory, spec, fields, hand);
    }

    Scenario by(Hand done) {
        return new Scenario(args, memory, spec, runtimeFields, done);
    }

    String manifest(Family family, String name) {
        var manifest = family.job(name, args, hand == Hand.LET_TIME_RUN_OUT ? JOB_WITH_DEADLINE : JOB);
        var sized = memory.isEmpty() ? manifest : manifest.replace("memory: " + family.memory(), "memory: " + memory);
        if (spec.isEmpty()) {
            return sized;
        }
        var field = spec.substring(0, spec.indexOf(':') + 1);
        return sized.replaceAll("(?m)^  " + field + ".*\\n", "") + "  " + spec + "\n";
    }
}

package dev.skete.e2e.chaos;

import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code make chaos}: {@code SEED} repeats a walk, {@code FAULTS} and {@code MINUTES} say how long it is at most. */
public final class Chaos {
    private Chaos() {}

    public static void main(String[] arguments) throws InterruptedException {
        long seed = number("SEED").orElseGet(() -> System.nanoTime() % 1_000_000);
        long faults = number("FAULTS").orElse(100L);
        var end = Instant.now().plus(Duration.ofMinutes(number("MINUTES").orElse(60L)));
        System.exit(walk(
                seed, figures -> figures.faults() >= faults || Instant.now().isAfter(end)));
    }

    private static int walk(long seed, Predicate<Figures> enough) throws InterruptedException {
        try (var installation = Installation.create();
                var sandbox = Sandbox.create(installation)) {
            var faults = installation.cluster().faults();
            if (faults.isEmpty()) {
                System.err.println("chaos: this cluster cannot be broken from outside: use the embedded one");
                return 2;
            }
            try (var walk = new Walk(seed, sandbox, faults.get())) {
                System.out.println("\n" + walk.walk(enough));
                return 0;
            } catch (Broken | RuntimeException e) {
                System.out.println(sandbox.evidence());
                e.printStackTrace(System.out);
                return 1;
            }
        }
    }

    private static Optional<Long> number(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(text -> !text.isBlank())
                .map(Long::valueOf);
    }
}

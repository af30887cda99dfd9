package dev.skete.e2e.chaos;

import dev.skete.e2e.chaos.Action.Component;
import dev.skete.e2e.chaos.Choice.Pace;
import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.Sandbox;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * {@code make chaos}: {@code SEED} repeats a walk, {@code FAULTS} and {@code MINUTES} say how long it is at most. One step in {@code OUTAGES}
 * has an outage; {@code CLOCK=jump} allows it to set the machine's clock.
 */
public final class Chaos {
    /** Steps with an outage take the longest. */
    private static final long FEW = 12;

    /** What a step costs is the wait after it, however much was done. */
    private static final int AT_ONCE = 40;

    private Chaos() {}

    public static void main(String[] arguments) throws InterruptedException {
        long seed = number("SEED").orElseGet(() -> System.nanoTime() % 1_000_000);
        long faults = number("FAULTS").orElse(100L);
        long begin = System.nanoTime();
        long most = Duration.ofMinutes(number("MINUTES").orElse(60L)).toNanos();
        System.exit(walk(seed, figures -> figures.faults() >= faults || System.nanoTime() - begin > most));
    }

    private static int walk(long seed, Predicate<Figures> enough) throws InterruptedException {
        try (var installation = Installation.create();
                var sandbox = Sandbox.create(installation)) {
            var faults = installation.cluster().faults();
            if (faults.isEmpty()) {
                System.err.println("chaos: this cluster cannot be broken from outside: use the embedded one");
                return 2;
            }
            try (var walk = new Walk(seed, pace(), sandbox, faults.get())) {
                System.out.println("\n" + walk.walk(enough));
                return 0;
            } catch (Broken | RuntimeException e) {
                System.out.println(sandbox.evidence());
                e.printStackTrace(System.out);
                return 1;
            }
        }
    }

    private static Pace pace() {
        boolean clock = "jump".equals(System.getenv("CLOCK"));
        return Pace.sparing(
                clock ? Set.of() : Set.of(Component.CLOCK),
                number("OUTAGES").orElse(FEW).intValue(),
                AT_ONCE);
    }

    private static Optional<Long> number(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(text -> !text.isBlank())
                .map(Long::valueOf);
    }
}

package dev.skete.e2e.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.e2e.chaos.Action.Component;
import dev.skete.e2e.chaos.Choice.Pace;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A short walk of {@code make chaos}, always the same one, with every kind of fault in it but the clock's. */
@OnCluster
@Isolated("breaks everything there is")
class ChaosE2E {
    static final long SEED = 1600;
    static final int STEPS = 10;

    /** Without the clock, which is the whole machine's and other tests' too. */
    static final Pace PACE = Pace.sparing(Set.of(Component.CLOCK), 2, 20);

    @Test
    void nothingIsLost(Sandbox sandbox) throws InterruptedException {
        var faults = sandbox.installation().cluster().faults();
        assumeTrue(faults.isPresent(), "this cluster cannot be broken from outside: run it on the embedded one");
        try (var walk = new Walk(SEED, PACE, sandbox, faults.orElseThrow())) {
            System.out.println(
                    walk.walk(figures -> figures.steps() >= STEPS)); // throws when a guest or a request is lost
        }
    }
}

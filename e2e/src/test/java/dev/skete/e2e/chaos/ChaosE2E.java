package dev.skete.e2e.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A short walk of {@code make chaos}, always the same one, with every kind of fault in it. */
@OnCluster
@Isolated("breaks everything there is")
class ChaosE2E {
    static final long SEED = 5465;
    static final int STEPS = 10;

    @Test
    void nothingIsLost(Sandbox sandbox) throws InterruptedException {
        var faults = sandbox.installation().cluster().faults();
        assumeTrue(faults.isPresent(), "this cluster cannot be broken from outside: run it on the embedded one");
        try (var walk = new Walk(SEED, sandbox, faults.orElseThrow())) {
            System.out.println(
                    walk.walk(figures -> figures.steps() >= STEPS)); // throws when a guest or a request is lost
        }
    }
}

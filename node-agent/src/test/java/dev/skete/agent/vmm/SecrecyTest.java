package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.Fuzz;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Quoting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refusal goes to conditions, events, logs and consoles; the values of arguments and variables, which may be secret, do not. */
class SecrecyTest {
    private static final String MARKER = "hush";

    @ParameterizedTest
    @EnumSource
    void aRefusalNamesAnArgumentOrVariableAndShowsNothingOfIt(Quoting quoting) {
        var plan = Launches.withCommandLine(Launches.hermit(), quoting, List.of("${env}", "${args}"));
        var refused = new AtomicInteger();
        Fuzz.each(random -> {
            var argument = random.nextBoolean() ? "fine" : Fuzz.text(random, 12) + MARKER + Fuzz.text(random, 12);
            var value = random.nextBoolean() ? "fine" : Fuzz.text(random, 12) + MARKER + Fuzz.text(random, 12);
            try {
                new Qemu().command(Launches.of(plan, List.of(argument), Map.of("MODE", value)));
            } catch (RefusedException e) {
                refused.incrementAndGet();
                assertThat(e).hasMessageNotContainingAny(MARKER);
                assertThat(e.refusal().text()).doesNotContain(MARKER).containsAnyOf("argument 1 ", "variable MODE ");
            }
        });
        assertThat(refused).hasPositiveValue();
    }
}

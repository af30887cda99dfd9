package dev.skete.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TakeoversTest {
    private static final Duration SILENCE = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofMinutes(1);

    private final Takeovers takeovers = new Takeovers();

    @Test
    void nobodyComes() {
        assertThat(waited(NEVER)).isGreaterThanOrEqualTo(SILENCE).isLessThan(NEVER);
    }

    @Test
    void theSilenceBeginsWhenTheLastIsTakenOver() {
        var work = Duration.ofMillis(250);
        takeovers.begin(this);
        CompletableFuture.delayedExecutor(work.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> takeovers.end(this));

        assertThat(waited(NEVER)).isGreaterThanOrEqualTo(work.plus(SILENCE)).isLessThan(NEVER);
    }

    @Test
    void oneThatTakesForeverHoldsNothingUp() {
        var end = Duration.ofMillis(300);
        takeovers.begin(this);
        assertThat(waited(end)).isGreaterThanOrEqualTo(end).isLessThan(NEVER);
    }

    private Duration waited(Duration atMost) {
        long begin = System.nanoTime();
        takeovers.awaitSilence(SILENCE, atMost);
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}

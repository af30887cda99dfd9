package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChartLintTest {
    @Test
    void helmLintHasNothingToSay() {
        assertThat(Chart.lint().getMessages())
                .filteredOn(message -> !message.contains("icon is recommended"))
                .isEmpty();
    }
}

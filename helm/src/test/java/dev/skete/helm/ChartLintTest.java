package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChartLintTest {
    @Test
    void helm_lint_has_nothing_to_say() {
        assertThat(Chart.lint().getMessages())
                .filteredOn(message -> !message.contains("icon is recommended"))
                .isEmpty();
    }
}

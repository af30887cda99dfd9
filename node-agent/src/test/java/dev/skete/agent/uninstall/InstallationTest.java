package dev.skete.agent.uninstall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallationTest {
    @ParameterizedTest
    @CsvSource({"404, Gone", "403, Gone", "401, Gone", "0, Unknown", "429, Unknown", "500, Unknown", "503, Unknown"})
    void onlyAnAnswerThatAnUninstallCausesCountsAsOne(int status, Installation expected) {
        assertThat(Installation.fromRefusal(status)).isEqualTo(expected);
    }
}

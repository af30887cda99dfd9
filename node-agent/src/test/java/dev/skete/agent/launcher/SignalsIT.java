package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsIT extends LauncherScene {

    /** Traps a signal, says so, and runs until it came; {@code wait} returns as soon as a trap is due. */
    private static Answer trapping(String signal, int status) {
        return Answer.shell("trap 'kill $!; exit " + status + "' " + signal + "; sleep 60 & echo ready; wait");
    }

    @ParameterizedTest
    @CsvSource({"TERM,TERM", "INT,TERM", "QUIT,TERM", "HUP,TERM", "USR1,USR1", "USR2,USR2"})
    void signalsReachTheVmmAndEveryWishToStopIsATerm(String sent, String received) throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(trapping(received, 33))) {
            awaitOutput(launcher, "ready");
            launcher.signal(sent);
            assertThat(launcher.exitStatus()).isEqualTo(33);
            assertThat(connection.read('Q').text()).isEqualTo("33");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aVmmThatEndsWithZeroAfterAStopDoesNotCountAsASuccess(String signal) throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(trapping("TERM", 0))) {
            awaitOutput(launcher, "ready");
            launcher.signal(signal);
            assertThat(launcher.exitStatus()).isEqualTo(143);
            assertThat(connection.read('Q').text()).isEqualTo("143");
        }
    }

    @Test
    void aSignalThatIsNotAStopLeavesZeroASuccess() throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(trapping("USR1", 0))) {
            awaitOutput(launcher, "ready");
            launcher.signal("USR1");
            assertThat(launcher.exitStatus()).isZero();
            assertThat(connection.read('Q').text()).isEqualTo("0");
        }
    }

    @Test
    void aHungAgentDoesNotHoldUpAStop() throws Exception {
        try (var launcher = launcher();
                var connection = agent.accept()) {
            connection.request();
            launcher.signal("USR1");
            launcher.signal("TERM");
            assertThat(launcher.exitStatus()).isEqualTo(143);
            assertThat(launcher.stderr()).isEmpty();
        }
    }
}

package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExitStatusIT extends LauncherScene {

    @ParameterizedTest
    @CsvSource({"0,0", "3,0", "1,1", "0,9", "127,42", "128,255", "255,200"})
    void theMapDecidesWhatAnExitStatusMeans(int vmmStatus, int expected) throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(Answer.shell("exit " + vmmStatus).mapping(vmmStatus, expected))) {
            assertThat(launcher.exitStatus()).isEqualTo(expected);
            assertThat(connection.read('Q').text()).isEqualTo(Integer.toString(expected));
            assertThat(connection.atEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 9, 11, 15, 31})
    void aVmmKilledByASignalCountsAs128PlusItsNumber(int signal) throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(Answer.shell("ulimit -c 0; kill -" + signal + " $$"))) {
            assertThat(launcher.exitStatus()).isEqualTo(128 + signal);
            assertThat(connection.read('Q').text()).isEqualTo(Integer.toString(128 + signal));
        }
    }

    @Test
    void orphansAreReaped() throws Exception {
        var orphan = "sh -c 'true & echo $!' >orphan; read p <orphan; while [ -e /proc/$p ]; do :; done; echo reaped";
        var unshare = "exec unshare --user --map-root-user --pid --fork --kill-child --mount-proc \"$LAUNCH\"";
        try (var launcher = LauncherProcess.startByShell(directory, unshare);
                var connection = agent.launch(Answer.shell(orphan))) {
            assertThat(launcher.exitStatus()).isZero();
            assertThat(launcher.stdout()).isEqualTo("reaped\n");
            assertThat(connection.read('Q').text()).isEqualTo("0");
        }
    }

    @Test
    void anAgentThatReadsNothingDoesNotDelayTheEnd() throws Exception {
        try (var launcher = launcher();
                var connection = agent.accept()) {
            connection.write(Answer.shell("exit 5").bytes());
            assertThat(launcher.exitStatus()).isEqualTo(5);
        }
    }
}

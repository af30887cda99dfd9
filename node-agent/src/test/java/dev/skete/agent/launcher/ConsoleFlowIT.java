package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest whose console is listened to writes its log as any other. */
class ConsoleFlowIT extends LauncherScene {
    private static final String RULE = "no such text";

    @Test
    void everyByteReachesTheLogUnchangedAndInOrder() throws Exception {
        var script = "head -c 20000000 /dev/urandom | tee console; exit 6";
        try (var launcher = launcher();
                var connection = agent.launch(Answer.shell(script).listeningFor("exit status ", RULE, "42"))) {
            assertThat(launcher.exitStatus()).isEqualTo(6);
            assertThat(digest("stdout")).isEqualTo(digest("console"));
            assertThat(connection.read('Q').text()).isEqualTo("6");
        }
    }

    @Test
    void aLogThatIsReadSlowlyLosesNothing() throws Exception {
        var slow = "\"$LAUNCH\" | while head -c 50000 >part && [ -s part ]; do cat part; sleep 0.05; done";
        try (var launcher = LauncherProcess.startByShell(directory, slow);
                var connection = agent.launch(Answer.shell("head -c 1000000 /dev/urandom | tee console")
                        .listeningFor("", RULE, "42"))) {
            assertThat(launcher.exitStatus()).isZero();
            assertThat(digest("stdout")).isEqualTo(digest("console"));
            assertThat(connection.read('Q').text()).isEqualTo("0");
        }
    }

    @Test
    @Timeout(60)
    void aBlockedLogDoesNotBlockTheGuestForEverAndWhatIsLostIsSaid() throws Exception {
        var script =
                "head -c 500000 /dev/zero | tr '\\0' a; touch through; while [ -e through ]; do sleep 0.1; done; echo end";
        try (var launcher = LauncherProcess.startByShell(
                        directory,
                        "mkfifo log; \"$LAUNCH\" >log & exec 3<log; "
                                + "while [ ! -e through ]; do sleep 0.1; done; cat <&3 & sleep 0.2; rm through; wait");
                var connection = agent.launch(Answer.shell(script).listeningFor("", RULE, "42"))) {
            assertThat(launcher.exitStatus()).isZero();
            assertThat(launcher.stdout())
                    .containsPattern(
                            "\nskete: \\d+ bytes of the console are lost, because the container's log was blocked\n")
                    .endsWith("end\n");
            assertThat(connection.read('Q').text()).isEqualTo("0");
        }
    }

    @Test
    void aLogThatNobodyReadsAnyMoreDoesNotEndTheGuest() throws Exception {
        var script = "exec 4>&1; { \"$LAUNCH\"; echo $? >&4; } | true";
        try (var launcher = LauncherProcess.startByShell(directory, script);
                var connection = agent.launch(
                        Answer.shell("head -c 300000 /dev/zero; exit 7").listeningFor("", RULE, "42"))) {
            assertThat(connection.read('Q').text()).isEqualTo("7");
            assertThat(launcher.exitStatus()).isZero();
            assertThat(launcher.stdout()).isEqualTo("7\n");
        }
    }

    @Test
    void anOrphanThatKeepsTheConsoleOpenDoesNotDelayTheEnd() throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(
                        Answer.shell("sleep 60 & echo done; exit 5").listeningFor("", RULE, "42"))) {
            assertThat(launcher.exitStatus()).isEqualTo(5);
            assertThat(launcher.stdout()).isEqualTo("done\n");
            assertThat(connection.read('Q').text()).isEqualTo("5");
        }
    }

    @Test
    void aVmmThatClosesItsConsoleLivesOn() throws Exception {
        try (var launcher = launcher();
                var connection =
                        agent.launch(Answer.shell("exec >&-; read line; exit 5").listeningFor("", RULE, "42"))) {
            launcher.type("go\n");
            assertThat(launcher.exitStatus()).isEqualTo(5);
            assertThat(connection.read('Q').text()).isEqualTo("5");
        }
    }

    @Test
    void theVmmStillHasTheThreeStandardStreamsAndNothingElse() throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(Answer.shell("cat; echo problem >&2; ls -m /proc/$$/fd; true")
                        .listeningFor("", RULE, "42"))) {
            launcher.type("typed\n");
            assertThat(launcher.exitStatus()).isZero();
            assertThat(launcher.stdout()).isEqualTo("typed\nproblem\n0, 1, 2\n");
            assertThat(launcher.stderr()).isEmpty();
            assertThat(connection.read('Q').text()).isEqualTo("0");
        }
    }

    private String digest(String file) throws Exception {
        var sha = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(directory.resolve(file)));
        return HexFormat.of().formatHex(sha);
    }
}

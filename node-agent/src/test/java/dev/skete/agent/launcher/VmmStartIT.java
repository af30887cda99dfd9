package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VmmStartIT extends LauncherScene {

    @Test
    void theVmmGetsExactlyTheArgumentsAndEnvironmentOfTheAnswer() throws Exception {
        var answer = Answer.run(
                        "/bin/sh",
                        "-c",
                        "tr '\\0' '|' </proc/$$/cmdline; tr '\\0' '|' </proc/$$/environ",
                        "",
                        "a  b",
                        "ü")
                .withEnvironment("PATH=/usr/bin:/bin", "EMPTY=", "U=ü");
        try (var launcher = launcher("ignored");
                var connection = agent.launch(answer)) {
            assertThat(launcher.exitStatus()).isZero();
            assertThat(launcher.stdout()).endsWith("||a  b|ü|PATH=/usr/bin:/bin|EMPTY=|U=ü|");
            assertThat(connection.read('Q').text()).isEqualTo("0");
        }
    }

    @Test
    void theVmmKeepsTheThreeStandardStreamsAndNothingElse() throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(Answer.shell("cat; echo problem >&2; ls -m /proc/$$/fd; true"))) {
            launcher.type("typed\n");
            assertThat(launcher.exitStatus()).isZero();
            assertThat(launcher.stdout()).isEqualTo("typed\n0, 1, 2\n");
            assertThat(launcher.stderr()).isEqualTo("problem\n");
            assertThat(connection.read('Q').text()).isEqualTo("0");
        }
    }

    @Test
    void theVmmStartsWithNoSignalBlockedOrIgnored() throws Exception {
        var ignoring = "trap '' HUP PIPE CHLD USR1\nexec \"$LAUNCH\"";
        var answer = Answer.run("/bin/grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status");
        try (var launcher = LauncherProcess.startByShell(directory, ignoring);
                var connection = agent.launch(answer)) {
            assertThat(launcher.exitStatus()).isZero();
            assertThat(launcher.stdout().lines().map(VmmStartIT::programsSignals))
                    .containsExactly(0L, 0L);
            assertThat(connection.read('Q').text()).isEqualTo("0");
        }
    }

    /** Signals 1 to 31. Those above it (32, 33) are the C library's, and the JVM's starts our launcher with them ignored. */
    private static long programsSignals(String statusLine) {
        return Long.parseUnsignedLong(statusLine.substring(statusLine.indexOf('\t') + 1), 16) & 0x7fffffff;
    }

    @Test
    void anAnswerThatComesByteByByteIsAsGood() throws Exception {
        try (var launcher = launcher();
                var connection = agent.accept()) {
            connection.request();
            for (byte b : Answer.shell("exit 7").bytes()) {
                connection.write(new byte[] {b});
            }
            assertThat(connection.read('S').text()).matches("\\d+");
            assertThat(launcher.exitStatus()).isEqualTo(7);
        }
    }

    @Test
    void aRefusalIsPrintedOnOneLineWithoutControlBytes() throws Exception {
        try (var launcher = launcher();
                var connection = agent.accept()) {
            connection.request();
            connection.write(Frame.text('R', "no: \"grüße\"\n\u001b[2J\0\u009b31m"));
            assertThat(launcher.exitStatus()).isEqualTo(125);
            assertThat(launcher.stderr()).isEqualTo("skete: refused: no: \"grüße\"??[2J???31m\n");
        }
    }

    @Test
    void aRefusalBeforeTheRequestWasReadIsStillHeard() throws Exception {
        var big = "x".repeat(100 * 1024);
        try (var launcher = launcher(big, big)) {
            try (var connection = agent.accept()) {
                connection.write(Frame.text('R', "too much"));
            }
            assertThat(launcher.exitStatus()).isEqualTo(125);
            assertThat(launcher.stderr()).isEqualTo("skete: refused: too much\n");
        }
    }
}

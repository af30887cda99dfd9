package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleRulesIT extends LauncherScene {
    private static final String LIVES_ON = "; while :; do sleep 60; done";

    static Stream<Arguments> endsOfAFailedGuest() {
        return Stream.of(
                Arguments.of("the number is the status", "exit status 7\\n", 7),
                Arguments.of("the last line counts", "exit status 7\\nexit status 9\\nbye\\n", 9),
                Arguments.of("of many, too", "exit status 7\\n".repeat(400) + "exit status 8\\n", 8),
                Arguments.of("something may stand before it", "[0][INFO] exit status 7\\n", 7),
                Arguments.of("negative is 255", "exit status -1\\n", 255),
                Arguments.of("too great is 255", "exit status 99999999999999999999\\n", 255),
                Arguments.of("zero is still a failure", "exit status 0\\n", 1),
                Arguments.of("the line's end may be a carriage return", "exit status 7\\r\\n", 7),
                Arguments.of("or missing", "exit status 7", 7),
                Arguments.of("colours are not in the way", "\\033[1;31mexit\\033[0m status \\033[33m7\\033[0m\\n", 7),
                Arguments.of("nor is a title", "\\033]0;exit status 9\\007exit status 7\\n", 7),
                Arguments.of("a long line counts by its end", "%0600000d exit status 7\\n", 7),
                Arguments.of("text behind the number makes it none", "exit status 7 of 9\\n", 3),
                Arguments.of("no number is none", "exit status \\n", 3),
                Arguments.of("silence leaves the VMM's", "", 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endsOfAFailedGuest")
    void theExitStatusOfAFailedGuestIsTheOneItPrinted(String what, String console, int expected) throws Exception {
        var answer = Answer.shell("printf '" + console + "' 1; exit 3").listeningFor("exit status ");
        try (var launcher = launcher();
                var connection = agent.launch(answer)) {
            assertThat(launcher.exitStatus()).as(what).isEqualTo(expected);
            assertThat(connection.read('Q').text()).isEqualTo(Integer.toString(expected));
        }
    }

    @Test
    void aGuestThatSucceededIsNotAskedForItsNumber() throws Exception {
        var answer = Answer.shell("echo exit status 7; exit 3").mapping(3, 0).listeningFor("exit status ");
        try (var launcher = launcher();
                var connection = agent.launch(answer)) {
            assertThat(launcher.exitStatus()).isZero();
            assertThat(connection.read('Q').text()).isEqualTo("0");
        }
    }

    @Test
    void aFailureThatTheRulesKnowEndsAVmmThatLivesOnAfterItsLastWords() throws Exception {
        var script = "echo booting; printf 'PANIC at \\033[1mdisk\\033[0m one\\r\\n'; echo last words" + LIVES_ON;
        var answer = Answer.shell(script).listeningFor("", "no such text", "9", "PANIC at disk", "42");
        try (var launcher = launcher();
                var connection = agent.launch(answer)) {
            assertThat(connection.read('C').text()).isEqualTo("PANIC at disk one");
            assertThat(launcher.exitStatus()).isEqualTo(42);
            assertThat(connection.read('Q').text()).isEqualTo("42");
            assertThat(launcher.stdout()).endsWith("disk\u001b[0m one\r\nlast words\n");
        }
    }

    static Stream<Arguments> linesThatAreHardToSee() {
        var long600 = "x".repeat(600);
        return Stream.of(
                Arguments.of("without an end", "printf 'it is LOST'", "it is LOST"),
                Arguments.of("in pieces", "for c in i t L O S T; do printf $c; sleep 0.01; done", "itLOST"),
                Arguments.of("far into a line", "printf '" + long600 + "LOST yy\\n'", long600.substring(92) + "LOST"),
                Arguments.of("further", "printf '%03000dLOST' 0", "0000LOST"),
                Arguments.of("in an endless line", "head -c 5000000 /dev/zero | tr '\\0' a; printf LOST", "aaaaLOST"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("linesThatAreHardToSee")
    void aFailureIsSeen(String how, String script, String line) throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(Answer.shell(script + LIVES_ON).listeningFor("", "LOST", "42"))) {
            assertThat(connection.read('C').text()).as(how).endsWith(line).hasSizeLessThanOrEqualTo(512);
            assertThat(launcher.exitStatus()).isEqualTo(42);
        }
    }

    /** The text's place moves through every offset at which the launcher may cut a long line. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 159, 160, 161, 500, 864})
    void noCutOfALongLineHidesAFailure(int offset) throws Exception {
        var script =
                "for i in 0 1 2 3 4 5 6 7 8; do printf '%0" + (1020 + offset) + "d' 0; done; printf 'LO'; printf ST";
        try (var launcher = launcher();
                var connection = agent.launch(Answer.shell(script + LIVES_ON).listeningFor("", "LOST", "42"))) {
            assertThat(connection.read('C').text()).endsWith("LOST");
            assertThat(launcher.exitStatus()).isEqualTo(42);
        }
    }

    @Test
    void aFailureThatEndsTheVmmWithZeroIsNotASuccess() throws Exception {
        var answer = Answer.shell("echo FATAL: no root; exit 0").listeningFor("exit status ", "FATAL", "2");
        try (var launcher = launcher();
                var connection = agent.launch(answer)) {
            assertThat(launcher.exitStatus()).isEqualTo(2);
            assertThat(connection.read('C').text()).isEqualTo("FATAL: no root");
            assertThat(connection.read('Q').text()).isEqualTo("2");
        }
    }

    @Test
    void theVmmsOwnComplaintsCountAsWell() throws Exception {
        var answer = Answer.shell("echo 'qemu: no such disk' >&2; exit 1")
                .mapping(1, 0)
                .listeningFor("", "qemu: ", "9");
        try (var launcher = launcher();
                var connection = agent.launch(answer)) {
            assertThat(launcher.exitStatus()).isEqualTo(9);
            assertThat(connection.read('C').text()).isEqualTo("qemu: no such disk");
        }
    }

    @Test
    void aVmmThatCannotBeExecutedIsSaidOnItsOwnErrorOutput() throws Exception {
        try (var launcher = launcher();
                var connection = agent.accept()) {
            connection.request();
            connection.write(
                    Answer.run("/no/such/vmm").listeningFor("", "text", "9").bytes());
            assertThat(launcher.exitStatus()).isEqualTo(126);
            assertThat(launcher.stderr()).isEqualTo("skete: cannot run /no/such/vmm: No such file or directory\n");
        }
    }

    @Test
    void aVmmThatDoesNotHearIsKilled() throws Exception {
        var answer = Answer.shell("trap '' TERM; echo LOST" + LIVES_ON).listeningFor("", "LOST", "42");
        try (var launcher = launcher();
                var connection = agent.launch(answer)) {
            assertThat(launcher.exitStatus()).isEqualTo(42);
            assertThat(connection.read('C').text()).isEqualTo("LOST");
        }
    }

    @Test
    void failuresAndNumbersNeedNoAgent() throws Exception {
        try (var launcher = launcher()) {
            agent.launch(Answer.shell("read line; echo LOST" + LIVES_ON).listeningFor("", "LOST", "42"))
                    .close();
            agent.close();
            launcher.type("go\n");
            assertThat(launcher.exitStatus()).isEqualTo(42);
            assertThat(launcher.stdout()).isEqualTo("LOST\n");
        }
    }

    @Test
    void rulesOfAnAgentThatDiedBeforeItsAnswerWasWholeAreForgotten() throws Exception {
        try (var launcher = launcher()) {
            try (var first = agent.accept()) {
                first.request();
                var whole = Answer.shell("true").listeningFor("", "fine", "42").bytes();
                first.write(Arrays.copyOf(whole, whole.length - 1));
            }
            try (var second = agent.launch(Answer.shell("echo fine; exit 5"))) {
                assertThat(launcher.exitStatus()).isEqualTo(5);
                assertThat(second.read('Q').text()).isEqualTo("5");
            }
        }
    }

    @Test
    void aStopDuringTheLastWordsKeepsTheFailure() throws Exception {
        var answer = Answer.shell("echo LOST" + LIVES_ON)
                .listeningFor("", "LOST", "42")
                .withGrace(Duration.ofSeconds(20));
        try (var launcher = launcher();
                var connection = agent.launch(answer)) {
            connection.read('C');
            launcher.signal("TERM");
            assertThat(launcher.exitStatus()).isEqualTo(42);
        }
    }
}

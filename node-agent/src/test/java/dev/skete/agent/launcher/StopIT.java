package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest with a power button, and the order to end one. */
class StopIT extends LauncherScene {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String LIVES_ON = "echo ready; while :; do sleep 60; done";
    private static final String ENDS_BY_ITSELF = "echo ready; read line; exit ";

    @Test
    void aGuestWithAPowerButtonIsAskedAndEndsByItself() throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(Answer.shell(ENDS_BY_ITSELF + 33).withGrace(LONG))) {
            awaitOutput(launcher, "ready");
            launcher.signal("TERM");
            assertThat(connection.read('T').payload()).isEmpty();
            launcher.type("off\n");
            assertThat(launcher.exitStatus()).isEqualTo(33);
            assertThat(connection.read('Q').text()).isEqualTo("33");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aGuestThatSwitchesItselfOffWhenToldToDidNotFinishItsWork(int vmmStatus) throws Exception {
        var answer = Answer.shell(ENDS_BY_ITSELF + vmmStatus).mapping(1, 0).withGrace(LONG);
        try (var launcher = launcher();
                var connection = agent.launch(answer)) {
            awaitOutput(launcher, "ready");
            launcher.signal("TERM");
            connection.read('T');
            launcher.type("off\n");
            assertThat(launcher.exitStatus()).isEqualTo(143);
        }
    }

    @Test
    void aGuestThatDoesNotReactIsEndedWhenItsTimeIsOver() throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(Answer.shell(LIVES_ON).withGrace(Duration.ofMillis(400)))) {
            awaitOutput(launcher, "ready");
            launcher.signal("TERM");
            long begin = System.nanoTime();
            connection.read('T');
            assertThat(launcher.exitStatus()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void aSecondStopEndsItAtOnce() throws Exception {
        try (var launcher = launcher();
                var connection = agent.launch(Answer.shell(LIVES_ON).withGrace(LONG))) {
            awaitOutput(launcher, "ready");
            launcher.signal("TERM");
            connection.read('T');
            launcher.signal("INT");
            assertThat(launcher.exitStatus()).isEqualTo(143);
            assertThat(connection.read('Q').text()).isEqualTo("143");
        }
    }

    @Test
    void withoutAnAgentNobodyPressesTheButtonAndTheGuestIsEndedAtOnce() throws Exception {
        try (var launcher = launcher()) {
            agent.launch(Answer.shell(LIVES_ON).withGrace(LONG)).close();
            agent.close();
            awaitOutput(launcher, "ready");
            launcher.signal("TERM");
            assertThat(launcher.exitStatus()).isEqualTo(143);
        }
    }

    @Test
    void anAgentThatComesBackDuringTheStopIsAskedAgain() throws Exception {
        try (var launcher = launcher()) {
            try (var first = agent.launch(Answer.shell(ENDS_BY_ITSELF + 33).withGrace(LONG))) {
                awaitOutput(launcher, "ready");
                launcher.signal("TERM");
                first.read('T');
            }
            try (var second = agent.accept()) {
                assertThat(second.request().last().type()).isEqualTo('P');
                second.read('T');
                launcher.type("off\n");
                assertThat(launcher.exitStatus()).isEqualTo(33);
            }
        }
    }

    @Test
    void anOrderToEndTheVmmGivesTheStatusWhateverTheVmmsIs() throws Exception {
        try (var launcher = launcher();
                var connection =
                        agent.launch(Answer.shell("trap 'kill $!; exit 0' TERM; sleep 60 & echo ready; wait"))) {
            awaitOutput(launcher, "ready");
            connection.write(Frame.text('K', "70"));
            assertThat(launcher.exitStatus()).isEqualTo(70);
            assertThat(connection.read('Q').text()).isEqualTo("70");
        }
    }

    @Test
    void anOrderThatComesWithTheAnswerIsObeyed() throws Exception {
        try (var launcher = launcher();
                var connection = agent.accept()) {
            connection.request();
            connection.write(Answer.shell(LIVES_ON).bytes());
            connection.write(Frame.text('K', "70"));
            assertThat(launcher.exitStatus()).isEqualTo(70);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "256", "-1", "7x", "4294967297"})
    void anOrderThatMakesNoSenseDoesNotTouchTheVmm(String status) throws Exception {
        try (var launcher = launcher()) {
            try (var connection = agent.launch(Answer.shell("read line; exit 9"))) {
                connection.write(Frame.text('K', status));
                assertThat(connection.atEnd()).isTrue();
            }
            launcher.type("go\n");
            assertThat(launcher.exitStatus()).isEqualTo(9);
        }
    }
}

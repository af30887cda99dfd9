package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AgentRestartIT extends LauncherScene {

    @Test
    void withoutAnAgentItWaitsSaysSoOnceAndCanBeStopped() throws Exception {
        agent.close();
        try (var launcher = launcher()) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !launcher.stderr().isEmpty());
            assertThat(launcher.isAlive()).isTrue();
            launcher.signal("TERM");
            assertThat(launcher.exitStatus()).isEqualTo(143);
            assertThat(launcher.stderr()).isEqualTo("skete: waiting for the node agent\n");
        }
    }

    @Test
    void anAgentThatComesLateIsFound() throws Exception {
        agent.close();
        try (var launcher = launcher()) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !launcher.stderr().isEmpty());
            agent = ScriptedAgent.listen(directory);
            try (var connection = agent.launch(Answer.shell("exit 4"))) {
                assertThat(launcher.exitStatus()).isEqualTo(4);
                assertThat(connection.read('Q').text()).isEqualTo("4");
            }
        }
    }

    @Test
    void halfAnAnswerOfADeadAgentIsForgottenAndItAsksAgain() throws Exception {
        try (var launcher = launcher("x")) {
            var half = Answer.shell("echo wrong").bytes();
            for (int length : new int[] {0, 3, 8, 20, half.length - 1}) {
                try (var connection = agent.accept()) {
                    assertThat(connection.request().last().type()).isEqualTo('L');
                    connection.write(Arrays.copyOf(half, length));
                }
            }
            try (var connection = agent.launch(Answer.shell("echo right"))) {
                assertThat(launcher.exitStatus()).isZero();
                assertThat(launcher.stdout()).isEqualTo("right\n");
                assertThat(connection.read('Q').text()).isEqualTo("0");
            }
        }
    }

    @Test
    void aRunningVmmIsAnnouncedToEveryNewAgentAndNotTouched() throws Exception {
        try (var launcher = launcher("x")) {
            String pid;
            try (var first = agent.accept()) {
                first.request();
                first.write(Answer.shell("read line; exit 6").bytes());
                pid = first.read('S').text();
            }
            agent.close();
            agent = ScriptedAgent.listen(directory);
            try (var second = agent.accept()) {
                var request = second.request();
                assertThat(request.arguments()).containsExactly("x");
                assertThat(request.last().type()).isEqualTo('P');
                assertThat(request.last().text()).isEqualTo(pid);
            }
            try (var third = agent.accept()) {
                assertThat(third.request().last().text()).isEqualTo(pid);
                launcher.type("go\n");
                assertThat(third.read('Q').text()).isEqualTo("6");
                assertThat(launcher.exitStatus()).isEqualTo(6);
            }
        }
    }

    @Test
    void anAgentThatRestartsIsSoonToldAndOneThatTurnsTheGuestAwayIsNotPressed() throws Exception {
        try (var launcher = launcher()) {
            try (var _ = agent.launch(Answer.shell("read line"))) {
                Thread.sleep(LauncherProcess.A_WHILE);
                agent.close();
            }
            agent = ScriptedAgent.listen(directory);
            long restarted = System.nanoTime();
            agent.accept().close();
            long turnedAway = System.nanoTime();
            assertThat(Duration.ofNanos(turnedAway - restarted)).isLessThan(Duration.ofMillis(700));
            try (var _ = agent.accept()) {
                assertThat(Duration.ofNanos(System.nanoTime() - turnedAway)).isGreaterThan(Duration.ofMillis(900));
            }
            launcher.type("go\n");
            assertThat(launcher.exitStatus()).isZero();
        }
    }

    @Test
    void theVmmsEndNeedsNoAgent() throws Exception {
        try (var launcher = launcher()) {
            agent.launch(Answer.shell("read line; exit 8")).close();
            agent.close();
            launcher.type("go\n");
            assertThat(launcher.exitStatus()).isEqualTo(8);
        }
    }

    @Test
    void refusalsAndGarbageDoNotTouchARunningVmm() throws Exception {
        try (var launcher = launcher()) {
            try (var connection = agent.launch(Answer.shell("read line; exit 9"))) {
                connection.write(Frame.text('R', "who are you?"));
            }
            try (var connection = agent.accept()) {
                assertThat(connection.request().last().type()).isEqualTo('P');
                connection.write(new byte[] {'?', 1, 2, 3, -1, -1, -1, -1});
                assertThat(connection.atEnd()).isTrue();
            }
            try (var connection = agent.accept()) {
                assertThat(connection.request().last().type()).isEqualTo('P');
                launcher.type("go\n");
                assertThat(connection.read('Q').text()).isEqualTo("9");
            }
            assertThat(launcher.exitStatus()).isEqualTo(9);
            assertThat(launcher.stderr()).isEqualTo("skete: refused: who are you?\n");
        }
    }
}

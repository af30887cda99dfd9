package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.device.TinyGuests;
import dev.skete.api.GuestReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A guest that is told to stop. */
class StopIT extends AgentScene {
    private static final int STOPPED = 143;

    @Test
    void aGuestThatHearsItsPowerButtonEndsByItself() throws Exception {
        try (var pod = new GuestPod(root)) {
            var plan = new TestPlan().powerButton(20);
            var container = pod.start(guest(TinyGuests.thatHearsThePowerButton(), plan));
            awaitReason(pod, GuestReason.Running);
            container.stop();
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(85);
        }
    }

    @Test
    void theButtonIsPressedByAnAgentThatHasJustComeBack() throws Exception {
        try (var pod = new GuestPod(root)) {
            var plan = new TestPlan().powerButton(20);
            var container = pod.start(guest(TinyGuests.thatHearsThePowerButton(), plan));
            awaitReason(pod, GuestReason.Running);
            stopAgent();
            conditions.clear();
            startAgent();
            awaitReason(pod, GuestReason.Running);
            container.stop();
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(85);
        }
    }

    @Test
    void aGuestThatDoesNotHearItIsSwitchedOffWhenItsTimeIsOver() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatSleeps(), new TestPlan().powerButton(1)));
            awaitReason(pod, GuestReason.Running);
            long begin = System.nanoTime();
            container.stop();
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(STOPPED);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void aGuestWithoutAPowerButtonIsSwitchedOffAtOnce() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatSleeps(), Map.of()));
            awaitReason(pod, GuestReason.Running);
            long begin = System.nanoTime();
            container.stop();
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(STOPPED);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }
}

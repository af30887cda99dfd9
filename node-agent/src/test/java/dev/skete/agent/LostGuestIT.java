package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.device.TinyGuests;
import dev.skete.api.GuestReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Guests that are lost: none looks like a success, whatever QEMU ends with and whether or not it ends by itself. */
class LostGuestIT extends AgentScene {
    private static final String FATAL = "FATAL: no root";

    @Test
    void aPanicThatTheGuestTellsEndsItWithAFailure() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatPanics(), Map.of()));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(1);
            assertThat(awaitReason(pod, GuestReason.GuestPanicked)).startsWith("The guest panicked.");
        }
    }

    @Test
    void aPanicIsAFailureEvenWhereQEMUsStatusForItMeansSuccess() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatPanics(), Map.of(1, 0)));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(255);
            awaitReason(pod, GuestReason.GuestPanicked);
        }
    }

    @Test
    void aPanickedGuestWaitsForAnAgentThatIsAway() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatPanics(), Map.of(1, 0)));
            awaitReason(pod, GuestReason.Running);
            stopAgent();
            startAgent();
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(255);
            awaitReason(pod, GuestReason.GuestPanicked);
        }
    }

    @Test
    void aGuestThatLivesOnAfterItsLastLineIsEndedAndTheLineIsTold() throws Exception {
        try (var pod = new GuestPod(root)) {
            var plan = new TestPlan().bootFailure("FATAL: ", 77);
            var container = pod.start(guest(TinyGuests.thatSays("hm\n" + FATAL + "\n"), plan));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(77);
            assertThat(awaitReason(pod, GuestReason.BootFailed))
                    .startsWith("The guest did not boot: \"FATAL: no root\".");
        }
    }

    @Test
    void theLineCountsWithoutAnAgentToo() throws Exception {
        try (var pod = new GuestPod(root)) {
            var plan = new TestPlan().bootFailure("FATAL: ", 77);
            var container = pod.start(guest(TinyGuests.thatSays(FATAL), plan));
            awaitReason(pod, GuestReason.Running);
            stopAgent();
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(77);
            startAgent();
        }
    }

    @Test
    void aBootThatFailsWithQEMUsStatus0IsAFailure() throws Exception {
        try (var pod = new GuestPod(root)) {
            var plan = new TestPlan().bootFailure("FATAL: ", 77);
            var container = pod.start(guest(TinyGuests.thatSaysAndCrashes(FATAL), plan));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(77);
            awaitReason(pod, GuestReason.BootFailed);
        }
    }

    @Test
    void aCrashIsAFailureWhereTheGuestsHaveASuccessOfTheirOwn() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatCrashes(), Map.of(85, 0)));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(255);
        }
    }

    @Test
    void theExitStatusOnTheConsoleIsTheGuests() throws Exception {
        try (var pod = new GuestPod(root)) {
            var guest = TinyGuests.thatSaysAndExits("\033[1mexit status 9\033[0m\n");
            var container = pod.start(guest(guest, new TestPlan().bootFailure("FATAL: ", 77)));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(9);
        }
    }
}

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
    void a_panic_that_the_guest_tells_ends_it_with_a_failure() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatPanics(), Map.of()));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(1);
            assertThat(awaitReason(pod, GuestReason.GuestPanicked)).startsWith("The guest panicked.");
        }
    }

    @Test
    void a_panic_is_a_failure_even_where_QEMUs_status_for_it_means_success() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatPanics(), Map.of(1, 0)));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(255);
            awaitReason(pod, GuestReason.GuestPanicked);
        }
    }

    @Test
    void a_panicked_guest_waits_for_an_agent_that_is_away() throws Exception {
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
    void a_guest_that_lives_on_after_its_last_line_is_ended_and_the_line_is_told() throws Exception {
        try (var pod = new GuestPod(root)) {
            var plan = new TestPlan().bootFailure("FATAL: ", 77);
            var container = pod.start(guest(TinyGuests.thatSays("hm\n" + FATAL + "\n"), plan));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(77);
            assertThat(awaitReason(pod, GuestReason.BootFailed))
                    .startsWith("The guest did not boot: \"FATAL: no root\".");
        }
    }

    @Test
    void the_line_counts_without_an_agent_too() throws Exception {
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
    void a_boot_that_fails_with_QEMUs_status_0_is_a_failure() throws Exception {
        try (var pod = new GuestPod(root)) {
            var plan = new TestPlan().bootFailure("FATAL: ", 77);
            var container = pod.start(guest(TinyGuests.thatSaysAndCrashes(FATAL), plan));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(77);
            awaitReason(pod, GuestReason.BootFailed);
        }
    }

    @Test
    void a_crash_is_a_failure_where_the_guests_have_a_success_of_their_own() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatCrashes(), Map.of(85, 0)));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(255);
        }
    }

    @Test
    void the_exit_status_on_the_console_is_the_guests() throws Exception {
        try (var pod = new GuestPod(root)) {
            var guest = TinyGuests.thatSaysAndExits("\033[1mexit status 9\033[0m\n");
            var container = pod.start(guest(guest, new TestPlan().bootFailure("FATAL: ", 77)));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(9);
        }
    }
}

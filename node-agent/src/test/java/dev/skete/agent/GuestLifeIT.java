package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skete.agent.device.TinyGuests;
import dev.skete.api.GuestReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestLifeIT extends AgentScene {
    @Test
    void a_guest_runs_and_its_exit_status_is_the_one_the_plan_maps() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatExits(), Map.of(85, 7)));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(7);
            assertThat(awaitReason(pod, GuestReason.VmmExited)).isEqualTo("The VMM ended with exit status 7.");
            await("the exit is counted")
                    .until(() -> meters.counter("skete.vmm.exits", "reason", "VmmExited")
                                    .count()
                            == 1);
        }
    }

    @Test
    void a_guest_that_crashes_ends_instead_of_booting_again_for_ever() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatCrashes(), Map.of()));
            assertThat(container.exitStatus()).as(container.said()).isZero();
            // QEMU says why only to a monitor that has greeted it, which a guest this quick may not wait for.
            awaitReason(pod, GuestReason.Reset, GuestReason.VmmExited);
        }
    }

    @Test
    void an_agent_that_restarts_finds_its_guests_and_touches_none() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatSleeps(), Map.of()));
            awaitReason(pod, GuestReason.Running);
            long vmm = container.vmm();
            stopAgent();
            conditions.clear();

            startAgent();
            awaitReason(pod, GuestReason.Running);

            assertThat(container.vmm()).isEqualTo(vmm);
            ProcessHandle.of(vmm).orElseThrow().destroyForcibly();
            assertThat(container.exitStatus()).isEqualTo(137);
            awaitReason(pod, GuestReason.VmmExited);
        }
    }

    @Test
    void a_container_that_starts_before_the_agent_waits_for_it() throws Exception {
        stopAgent();
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatExits(), Map.of(85, 0)));
            startAgent();
            assertThat(container.exitStatus()).as(container.said()).isZero();
        }
    }

    @Test
    void a_container_that_is_killed_is_reported_as_such() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatSleeps(), Map.of()));
            awaitReason(pod, GuestReason.Running);
            container.process().destroyForcibly();
            assertThat(awaitReason(pod, GuestReason.VmmExited)).contains("killed");
        }
    }
}

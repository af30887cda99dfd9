package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skete.agent.device.TinyGuests;
import dev.skete.api.GuestReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestLifeIT extends AgentScene {
    @Test
    void aGuestRunsAndItsExitStatusIsTheOneThePlanMaps() throws Exception {
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
    void aGuestThatCrashesEndsInsteadOfBootingAgainForEver() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatCrashes(), Map.of()));
            assertThat(container.exitStatus()).as(container.said()).isZero();
            // QEMU says why only to a monitor that has greeted it, which a guest this quick may not wait for.
            awaitReason(pod, GuestReason.Reset, GuestReason.VmmExited);
        }
    }

    @Test
    void anAgentThatRestartsFindsItsGuestsAndTouchesNone() throws Exception {
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
    void aContainerThatStartsBeforeTheAgentWaitsForIt() throws Exception {
        stopAgent();
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatExits(), Map.of(85, 0)));
            startAgent();
            assertThat(container.exitStatus()).as(container.said()).isZero();
        }
    }

    @Test
    void aContainerThatIsKilledIsReportedAsSuch() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatSleeps(), Map.of()));
            awaitReason(pod, GuestReason.Running);
            container.process().destroyForcibly();
            assertThat(awaitReason(pod, GuestReason.VmmExited)).contains("killed");
        }
    }
}

package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.device.TinyGuests;
import dev.skete.api.Accelerator;
import dev.skete.api.GuestReason;
import org.junit.jupiter.api.Test;

/** KVM's own failure, for real. */
class InternalErrorIT extends KvmScene {
    @Test
    void aGuestThatKVMGivesUpIsEndedWithAFailureInsteadOfStayingPausedForEver() throws Exception {
        try (var pod = new GuestPod(root)) {
            var plan = new TestPlan().accelerator(Accelerator.KVM);
            var container = pod.start(guest(TinyGuests.thatKvmGivesUp(), plan));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(255);
            assertThat(awaitReason(pod, GuestReason.InternalError)).contains("internal error");
        }
    }
}

package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.api.Accelerator;
import dev.skete.api.ConditionType;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import org.junit.jupiter.api.Test;

/** A user's mistakes show up in the Unikernel's own conditions, with the remedy. */
@OnCluster
class MistakesE2E {

    @Test
    void anImageThatDoesNotExistIsNamed(Sandbox sandbox) {
        sandbox.apply(Guests.hello("typo", 1).replace("hello:dev", "hallo:dev"));

        var ready = sandbox.awaitCondition(
                "typo", ConditionType.Ready, condition -> condition.getReason().equals("ImagePullFailed"));
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getMessage()).contains("localhost/skete/hallo:dev");
    }

    @Test
    void aRuntimeThatDoesNotExistIsNamedAndWaitedFor(Sandbox sandbox) {
        sandbox.apply(Guests.hello("lost", 1).replace("runtime: elf", "runtime: elv"));

        var stalled = sandbox.awaitCondition(
                "lost",
                ConditionType.Stalled,
                condition -> condition.getStatus().equals("True"));
        assertThat(stalled.getReason()).isEqualTo("RuntimeNotFound");
        assertThat(stalled.getMessage()).contains("elv");

        sandbox.kubectl("patch", "unikernel/lost", "--type=merge", "-p", "{\"spec\":{\"runtime\":\"elf\"}}")
                .run();
        sandbox.awaitReady("lost", 1);
    }

    @Test
    void anImageWithoutTheKernelSaysSo(Sandbox sandbox) {
        sandbox.apply(Guests.hello("empty", 1).replace("skete/hello:dev", "skete/busybox:dev"));

        var ready = sandbox.awaitCondition(
                "empty", ConditionType.Ready, condition -> condition.getReason().equals("BootFailed"));
        assertThat(ready.getMessage()).contains("/guest.elf");
    }

    @Test
    void aGuestThatFitsOnNoNodeSaysWhy(Sandbox sandbox) {
        sandbox.apply(Guests.hello("big", 1).replace("{memory: 32Mi}", "{memory: 32Mi, cpuRequest: \"1000\"}"));

        var ready = sandbox.awaitCondition(
                "big", ConditionType.Ready, condition -> condition.getReason().equals("Unschedulable"));
        assertThat(ready.getMessage()).contains("Insufficient cpu");
    }

    @Test
    void aVmmThatCannotEmulateIsHeldWhereNoNodeHasKvm(Sandbox sandbox) {
        assumeTrue(
                sandbox.client().nodes().list().getItems().stream()
                        .map(node -> node.getStatus().getAllocatable().get(Accelerator.KVM.resource()))
                        .allMatch(kvm -> kvm == null || kvm.getAmount().equals("0")),
                "a node of this cluster has KVM");
        try (var uhyve = RuntimeVariant.of(sandbox, "elf", "vmm: uhyve")) {
            sandbox.apply(uhyve.used(Guests.hello("held", 1)));

            var stalled = sandbox.awaitCondition(
                    "held",
                    ConditionType.Stalled,
                    condition -> condition.getStatus().equals("True"));
            assertThat(stalled.getReason()).isEqualTo("NoNodeWithAccelerator");
            assertThat(stalled.getMessage()).contains(uhyve.name(), "uhyve", "KVM only", "Add a node");

            sandbox.kubectl(
                            "patch",
                            "unikernel/held",
                            "--type=merge",
                            "-p",
                            "{\"spec\":{\"accelerator\":\"Emulation\"}}")
                    .run();
            var invalid = sandbox.awaitCondition(
                    "held",
                    ConditionType.Stalled,
                    condition -> condition.getReason().equals("RuntimeInvalid"));
            assertThat(invalid.getMessage()).contains("Set it to KVM or Auto");
            assertThat(sandbox.guests("held")).isEmpty();
        }
    }
}

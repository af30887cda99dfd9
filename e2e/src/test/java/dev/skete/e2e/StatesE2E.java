package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionReason;
import dev.skete.api.ConditionType;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What a virtual machine hides, its Unikernel tells: by what the guest writes on its console, and by what it does not do. */
@OnCluster
class StatesE2E {
    private static final String PANIC = "{text: panicked at, reason: GuestPanicked, exitCode: 70}";
    private static final String NO_BOOT = "{text: no root device, reason: BootFailed, exitCode: 78}";

    @Test
    void aPanicIsToldWithItsLineAndTheRuntimesExitCode(Sandbox sandbox) {
        try (var runtime = RuntimeVariant.of(sandbox, "elf", "console: {failures: [" + PANIC + "]}")) {
            sandbox.apply(runtime.used(Guests.hello("panics", 1, "args: [\"--panic\"]")));

            awaitReason(sandbox, "panics", ConditionReason.GuestPanicked);
            // The agent tells of the panic at once, the kubelet of the exit a moment later.
            var ready = sandbox.awaitCondition(
                    "panics", ConditionType.Ready, c -> c.getMessage().contains("Exit status 70"));
            assertThat(ready.getStatus()).isEqualTo("False");
            assertThat(ready.getMessage()).contains("panicked at");
        }
    }

    @Test
    void aBootFailureThatTheVirtualMachineCallsASuccessFailsTheJob(Sandbox sandbox) {
        try (var runtime = RuntimeVariant.of(sandbox, "elf", "console: {failures: [" + NO_BOOT + "]}")) {
            var args = "[\"--greeting\", \"fatal: no root device\", \"--exit\", \"0\"]";
            sandbox.apply(runtime.used(Guests.job("unbooted", args, "job: {backoffLimit: 0}")));

            var failed = sandbox.awaitCondition(
                    "unbooted", ConditionType.Failed, c -> c.getStatus().equals("True"));
            assertThat(failed.getMessage()).contains("failed to boot", "fatal: no root device");
            assertThat(sandbox.condition("unbooted", ConditionType.Complete)).isEmpty();
            assertThat(sandbox.unikernel("unbooted").getStatus().guests())
                    .singleElement()
                    .satisfies(guest -> assertThat(guest.exitCode()).isEqualTo(78));
        }
    }

    /** As Xen does after a panic: it prints, and the machine lives on. Hello serves on after this line. */
    @Test
    void aLostGuestInALivingVirtualMachineIsEndedAndStartedAgain(Sandbox sandbox) {
        var failure = "{text: \"hello: listening on\", reason: BootFailed, exitCode: 78}";
        try (var runtime = RuntimeVariant.of(sandbox, "elf", "console: {failures: [" + failure + "]}")) {
            sandbox.apply(runtime.used(Guests.hello("lost", 1)));

            var ready = awaitReason(sandbox, "lost", ConditionReason.BootFailed);
            assertThat(ready.getMessage()).contains("hello: listening on port 8080");
            sandbox.await(
                    "the guest to be started again",
                    () -> sandbox.onlyGuest("lost")
                            .getStatus()
                            .getContainerStatuses()
                            .getFirst()
                            .getRestartCount(),
                    restarts -> restarts > 0);
        }
    }

    @Test
    void theExitCodeOnTheConsoleIsTheGuests(Sandbox sandbox) {
        try (var runtime = RuntimeVariant.of(sandbox, "elf", "console: {exitStatus: \"exit status \"}")) {
            var args = "[\"--greeting\", \"exit status 42\", \"--exit\", \"7\"]";
            sandbox.apply(runtime.used(Guests.job("numbered", args, "job: {backoffLimit: 0}")));

            sandbox.awaitCondition(
                    "numbered", ConditionType.Failed, c -> c.getStatus().equals("True"));
            assertThat(sandbox.unikernel("numbered").getStatus().guests())
                    .singleElement()
                    .satisfies(guest -> assertThat(guest.exitCode()).isEqualTo(42));
        }
    }

    @Test
    void aGuestThatListensElsewhereIsToldAfterItsStartupDeadlineAndLeftAlone(Sandbox sandbox) {
        var deadline = "startupDeadlineSeconds: 6";
        var astray = Guests.hello("astray", 1, deadline)
                .replace("targetPort: 8080", "targetPort: 8081")
                .replace("readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 1}", "");
        sandbox.apply(astray);

        var ready = awaitReason(sandbox, "astray", ConditionReason.StartupDeadlineExceeded);
        assertThat(ready.getMessage())
                .contains(
                        "6 s after its start",
                        "nothing accepts connections on port http (8081)",
                        "kubectl logs astray");
        var guest =
                sandbox.onlyGuest("astray").getStatus().getContainerStatuses().getFirst();
        assertThat(guest.getRestartCount()).isZero();
        assertThat(guest.getState().getRunning()).isNotNull();

        sandbox.apply(Guests.hello("astray", 1, deadline));
        sandbox.awaitReady("astray", 1);
    }

    @Test
    void aGuestThatIgnoresItsPowerButtonIsSwitchedOffWithinItsGracePeriod(Sandbox sandbox) {
        try (var runtime = RuntimeVariant.of(sandbox, "elf-q35", "shutdown: ACPI")) {
            sandbox.apply(runtime.used(Guests.hello("deaf", 1, "terminationGracePeriodSeconds: 8", "drainSeconds: 0")));
            sandbox.awaitReady("deaf", 1);
            try (var kept = KeptPod.of(sandbox, sandbox.onlyGuest("deaf"))) {
                var asked = Instant.now().truncatedTo(ChronoUnit.SECONDS);
                kept.delete();
                var end = kept.awaitEnd();
                assertThat(end.getExitCode()).isEqualTo(143);
                assertThat(Duration.between(asked, Instant.parse(end.getFinishedAt())))
                        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
            }
        }
    }

    private static Condition awaitReason(Sandbox sandbox, String name, ConditionReason reason) {
        return sandbox.awaitCondition(
                name, ConditionType.Ready, c -> c.getReason().equals(reason.name()));
    }
}

package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionType;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Guests that run to completion, with what a Job can do about those that do not. */
@OnCluster
@Order(1)
class JobE2E {

    @Test
    void theExampleRunsThriceAndCompletes(Sandbox sandbox) {
        sandbox.applyFile("examples/job.yaml");

        sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/report", "--timeout=60s")
                .run();
        assertThat(sandbox.job("report").getStatus().getSucceeded()).isEqualTo(3);
        assertThat(sandbox.unikernel("report").getStatus().guests())
                .hasSize(3)
                .allMatch(guest -> Integer.valueOf(0).equals(guest.exitCode()));
    }

    @Test
    void aFailureIsRetriedAsOftenAsAllowed(Sandbox sandbox) {
        sandbox.apply(Guests.job("retried", "[\"--exit\", \"7\"]", "job: {backoffLimit: 1}"));

        assertThat(failed(sandbox, "retried").getReason()).isEqualTo("BackoffLimitExceeded");
        assertThat(failed(sandbox, "retried").getMessage()).contains("exit code 7");
        assertThat(sandbox.job("retried").getStatus().getFailed()).isEqualTo(2);
    }

    @Test
    void anExitCodeOfTheGuestEndsTheWholeRun(Sandbox sandbox) {
        sandbox.apply(Guests.job(
                "final",
                "[\"--exit\", \"42\"]",
                "job:",
                "  backoffLimit: 5",
                "  podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}"));

        assertThat(failed(sandbox, "final").getReason()).isEqualTo("PodFailurePolicy");
        assertThat(failed(sandbox, "final").getMessage()).contains("exit code 42");
        assertThat(sandbox.job("final").getStatus().getFailed()).isOne();
    }

    @Test
    void aRunThatTakesTooLongFails(Sandbox sandbox) {
        sandbox.apply(Guests.job("slow", "[]", "job: {activeDeadlineSeconds: 3}"));

        assertThat(failed(sandbox, "slow").getReason()).isEqualTo("DeadlineExceeded");
    }

    @Test
    void aSuspendedRunStartsWhenItIsResumed(Sandbox sandbox) {
        sandbox.apply(Guests.job("paused", "[\"--exit\", \"0\"]", "job: {suspend: true}"));
        sandbox.awaitCondition("paused", ConditionType.Ready, c -> c.getReason().equals("Suspended"));
        assertThat(sandbox.guests("paused")).isEmpty();

        suspend(sandbox, "paused", false);
        sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/paused", "--timeout=60s")
                .run();
    }

    @Test
    void aRunThatIsSuspendedHasNoGuestUntilItIsResumed(Sandbox sandbox) {
        sandbox.apply(Guests.job("halted", "[]"));
        sandbox.awaitCondition("halted", ConditionType.Ready, c -> c.getReason().equals("Running"));

        suspend(sandbox, "halted", true);
        sandbox.awaitCondition("halted", ConditionType.Ready, c -> c.getReason().equals("Suspended"));
        sandbox.await("no guest", () -> sandbox.guests("halted").size(), count -> count == 0);

        suspend(sandbox, "halted", false);
        sandbox.awaitCondition("halted", ConditionType.Ready, c -> c.getReason().equals("Running"));
        assertThat(sandbox.condition("halted", ConditionType.Failed))
                .map(Condition::getStatus)
                .isNotEqualTo(Optional.of("True"));
    }

    @Test
    void anExitCodeThatIsIgnoredCountsForNothing(Sandbox sandbox) {
        sandbox.apply(Guests.job(
                "ignored",
                "[\"--exit\", \"7\"]",
                "job:",
                "  backoffLimit: 0",
                "  podFailurePolicy: {rules: [{action: Ignore, onExitCodes: {operator: In, values: [7]}}]}"));

        sandbox.await("a second try", () -> sandbox.guests("ignored").size(), count -> count >= 2);
        assertThat(sandbox.job("ignored").getStatus().getFailed()).isIn(null, 0);
        assertThat(sandbox.condition("ignored", ConditionType.Failed))
                .map(Condition::getStatus)
                .isNotEqualTo(Optional.of("True"));
    }

    @Test
    void whatIsOverStaysOverWhenItsJobIsRemoved(Sandbox sandbox) {
        sandbox.apply(Guests.job("gone", "[\"--exit\", \"0\"]", "job: {ttlSecondsAfterFinished: 1}"));
        sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/gone", "--timeout=60s")
                .run();

        sandbox.await("the Job to be removed", () -> jobs(sandbox), count -> count == 0);
        sandbox.kubectl("annotate", "unikernel", "gone", "touched=yes").run();
        assertThat(sandbox.condition("gone", ConditionType.Complete))
                .map(Condition::getStatus)
                .contains("True");
        assertThat(jobs(sandbox)).isZero();
    }

    @Test
    void aScheduleStartsRunsAndARunByHandIsItsOwn(Sandbox sandbox) {
        sandbox.applyFile("examples/cron.yaml");
        sandbox.awaitCondition("tick", ConditionType.Ready, c -> c.getReason().equals("Scheduled"));

        sandbox.kubectl("create", "job", "--from=cronjob/tick", "tick-now").run();
        sandbox.kubectl("wait", "--for=condition=Complete", "job/tick-now", "--timeout=60s")
                .run();
        sandbox.await(
                "the guest in the Unikernel's status",
                () -> sandbox.unikernel("tick").getStatus().guests(),
                guests -> guests.stream()
                        .anyMatch(g -> g.pod().startsWith("tick-now")
                                && Integer.valueOf(0).equals(g.exitCode())));
        assertThat(sandbox.kubectl("logs", "job/tick-now").run()).contains("Tick");
    }

    @Test
    void aScheduledMinuteComesByItself(Sandbox sandbox) {
        sandbox.apply(Guests.job("minutely", "[\"--exit\", \"0\"]", "job: {schedule: \"* * * * *\"}"));

        sandbox.await(
                "a guest of the next full minute",
                Duration.ofSeconds(100),
                () -> sandbox.unikernel("minutely").getStatus().guests(),
                guests -> guests.stream().anyMatch(guest -> Integer.valueOf(0).equals(guest.exitCode())));
    }

    private static void suspend(Sandbox sandbox, String name, boolean suspend) {
        sandbox.kubectl(
                        "patch",
                        "unikernel",
                        name,
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"job\":{\"suspend\":%b}}}".formatted(suspend))
                .run();
    }

    private static Condition failed(Sandbox sandbox, String name) {
        return sandbox.awaitCondition(
                name, ConditionType.Failed, c -> c.getStatus().equals("True"));
    }

    private static int jobs(Sandbox sandbox) {
        return sandbox.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(sandbox.namespace())
                .list()
                .getItems()
                .size();
    }
}

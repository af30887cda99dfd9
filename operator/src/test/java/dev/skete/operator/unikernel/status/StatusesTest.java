package dev.skete.operator.unikernel.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.AcceleratorPolicy;
import dev.skete.api.ConditionReason;
import dev.skete.api.ConditionType;
import dev.skete.api.GuestStatus;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelStatus;
import dev.skete.operator.unikernel.accelerator.AcceleratorChoice;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusesTest {
    private static final String COMPLETE =
            "{observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2}";

    @ParameterizedTest(name = "{1}: {2}, {3}")
    @CsvSource(delimiter = '|', textBlock = """
            2 | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2} | AllGuestsReady | 2 of 2 guests are ready.
            2 | {observedGeneration: 1, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2} | Progressing    | 2 of 2 guests are of the latest version, 2 are ready.
            2 | {observedGeneration: 2, replicas: 3, updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2} | Progressing    | 1 of 2 guests are of the latest version, 2 are ready.
            2 | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 1, availableReplicas: 1} | Progressing    | 1 of 2 guests are ready.
            0 | {observedGeneration: 2}                                                                          | ScaledToZero   | No guests are wanted, and none runs.
            0 | {observedGeneration: 2, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1} | Progressing    | 1 of 0 guests are ready.
            1 | {observedGeneration: 2, conditions: [{type: ReplicaFailure, status: "True", message: exceeded quota}]} | ChildRefused | The API server refuses the guests' pods: exceeded quota
            1 | {observedGeneration: 2, replicas: 1, updatedReplicas: 1, conditions: [{type: Progressing, status: "False", message: timed out.}]} | ProgressDeadlineExceeded | The guests do not become ready: timed out. Check their readiness probe and kubectl logs.
            """)
    void aDeploymentIsJudged(int replicas, String deployment, ConditionReason reason, String message) {
        var status = Statuses.of(Fixtures.facts(Fixtures.serving(replicas), Fixtures.deployment(deployment)));

        assertThat(ready(status).getReason()).isEqualTo(reason.name());
        assertThat(ready(status).getMessage()).isEqualTo(message);
        assertThat(ready(status).getStatus()).isEqualTo(Gravity.of(reason) == Gravity.READY ? "True" : "False");
    }

    @ParameterizedTest(name = "{0}: {1}, Ready {2}")
    @CsvSource(delimiter = '|', textBlock = """
            {active: 1, ready: 0}                                                                | Progressing          | False | Reconciling
            {active: 1, ready: 1}                                                                | Running              | True  |
            {succeeded: 1, conditions: [{type: Complete, status: "True"}]}                       | Completed            | True  | Complete
            {failed: 1, conditions: [{type: Failed, status: "True", reason: BackoffLimitExceeded, message: too often}]} | BackoffLimitExceeded | False | Failed
            {failed: 1, conditions: [{type: Failed, status: "True", reason: DeadlineExceeded, message: too long}]}      | DeadlineExceeded     | False | Failed
            {failed: 1, conditions: [{type: Failed, status: "True", reason: PodFailurePolicy, message: code 42}]}       | PodFailurePolicy     | False | Failed
            {conditions: [{type: Suspended, status: "True"}]}                                    | Suspended            | False | Reconciling
            """)
    void aJobIsJudged(String job, ConditionReason reason, String ready, @Nullable String also) {
        var status = Statuses.of(Fixtures.facts(Fixtures.job(), Fixtures.job(job)));

        assertThat(ready(status).getReason()).isEqualTo(reason.name());
        assertThat(ready(status).getStatus()).isEqualTo(ready);
        if (also != null) {
            assertThat(Statuses.condition(status, ConditionType.valueOf(also)))
                    .map(Condition::getStatus)
                    .contains("True");
        }
    }

    @Test
    void aRunThatMayNotFailSaysSoWhenItDoes() {
        var run = Fixtures.job(
                "{failed: 1, conditions: [{type: Failed, status: 'True', reason: PodFailurePolicy, message: rule 1}]}");

        var status = Statuses.of(Fixtures.facts(Fixtures.jobThatMayNotFail(), run));

        assertThat(ready(status).getReason()).isEqualTo("BackoffLimitExceeded");
        assertThat(ready(status).getMessage())
                .isEqualTo("The run failed: a guest did, and spec.job.backoffLimit is 0.");
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~              | {} | {} | Scheduled | Runs at @daily; last started never, last succeeded never, 1 under way.
            ~, timeZone: Etc/UTC~ | {lastScheduleTime: "2026-01-01T00:00:00Z", lastSuccessfulTime: "2026-01-01T00:00:09Z"} | {conditions: [{type: Complete, status: "True"}]} | Scheduled | Runs at @daily (Etc/UTC); last started 2026-01-01T00:00:00Z, last succeeded 2026-01-01T00:00:09Z, 0 under way.
            ~~              | {lastScheduleTime: "2026-01-01T00:00:00Z"} | {conditions: [{type: Failed, status: "True", reason: BackoffLimitExceeded, message: too often}]} | Scheduled | Runs at @daily; last started 2026-01-01T00:00:00Z, last succeeded never, 0 under way. The run failed: too often.
            ~, suspend: true~ | {} | {} | Suspended | The schedule is suspended; set spec.job.suspend to false to go on.
            """)
    void aScheduleIsJudged(String spec, String status, String run, ConditionReason reason, String message) {
        var judged = Statuses.of(Fixtures.facts(Fixtures.scheduled(), Fixtures.schedule(spec, status, run)));

        assertThat(ready(judged).getReason()).isEqualTo(reason.name());
        assertThat(ready(judged).getMessage()).isEqualTo(message);
        assertThat(types(judged)).doesNotContain("Complete", "Failed");
    }

    @Test
    void theGuestsOfAllRunsUnderWayAreCounted() {
        var children = Fixtures.schedule("", "{}", "{active: 2, ready: 1}", "{active: 1, ready: 1}");
        var status = Statuses.of(Fixtures.facts(Fixtures.scheduled(), children));

        assertThat(status.replicas()).isEqualTo(3);
        assertThat(status.readyReplicas()).isEqualTo(2);
    }

    @Test
    void ofManyGuestsThoseThatRunOrFailedAreShown() {
        var pods = new ArrayList<Pod>();
        for (int i = 0; i < 120; i++) {
            var pod = Fixtures.pod(
                    "Never", "{phase: %s}".formatted(i < 110 ? "Succeeded" : i < 115 ? "Failed" : "Running"));
            pod.getMetadata().setName("hello-%03d".formatted(i));
            pods.add(pod);
        }
        var guests = Statuses.of(Fixtures.facts(Fixtures.job(), Fixtures.job("{active: 5}"), pods.toArray(Pod[]::new)))
                .guests();

        assertThat(guests).hasSize(100).extracting(GuestStatus::pod).contains("hello-110", "hello-119");
    }

    @Test
    void anObstacleStallsAndGuestsRunOn() {
        var obstacle = new Verdict(ConditionReason.RuntimeNotFound, "There is no UnikernelRuntime elf.");
        var facts = new Facts(
                Fixtures.serving(2),
                Optional.of(obstacle),
                Fixtures.deployment(COMPLETE),
                List.of(Fixtures.pod("Always", "{phase: Running}")),
                Fixtures.BOTH,
                Map.of(),
                Optional.empty(),
                Fixtures.NOW);

        var status = Statuses.of(facts);

        assertThat(types(status)).containsExactly("Ready", "Stalled");
        assertThat(ready(status).getMessage())
                .isEqualTo("There is no UnikernelRuntime elf. Its guests keep running as they are.");
    }

    @Test
    void whatIsWrongNowDoesNotUndoARunThatIsOver() {
        var facts = new Facts(
                Fixtures.job(),
                Optional.of(new Verdict(ConditionReason.RuntimeNotFound, "There is no UnikernelRuntime elf.")),
                Fixtures.job("{succeeded: 1, conditions: [{type: Complete, status: \"True\"}]}"),
                List.of(),
                Fixtures.BOTH,
                Map.of(),
                Optional.empty(),
                Fixtures.NOW);

        assertThat(types(Statuses.of(facts))).containsExactly("Ready", "Complete");
    }

    @Test
    void nothingIsThereYet() {
        var status = Statuses.of(Fixtures.facts(Fixtures.serving(2), LiveChildren.NONE));

        assertThat(types(status)).containsExactly("Ready", "Reconciling");
        assertThat(status.endpoint()).isNull();
        assertThat(status.selector()).isEqualTo("skete.dev/unikernel=hello");
    }

    @Test
    void everyConditionIsAboutTheGenerationSeen() {
        var status = Statuses.of(Fixtures.facts(Fixtures.serving(2), Fixtures.deployment(COMPLETE)));

        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(status.conditions())
                .allSatisfy(c -> assertThat(c.getObservedGeneration()).isEqualTo(3));
    }

    @Test
    void aTransitionTimeMovesOnlyWithTheValue() {
        var unikernel = Fixtures.serving(2);
        var first = Statuses.of(Fixtures.facts(unikernel, Fixtures.deployment("{observedGeneration: 2}")));
        unikernel.setStatus(first);

        var second = later(unikernel, Fixtures.deployment("{observedGeneration: 2, replicas: 2, updatedReplicas: 2}"));
        var third = later(unikernel, Fixtures.deployment(COMPLETE));

        assertThat(ready(second).getLastTransitionTime()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(ready(third).getLastTransitionTime()).isEqualTo("2026-01-01T12:01:00Z");
    }

    @Test
    void theSameFactsGiveAnEqualStatus() {
        var unikernel = Fixtures.serving(2);
        unikernel.setStatus(Statuses.of(Fixtures.facts(unikernel, Fixtures.deployment(COMPLETE))));

        assertThat(later(unikernel, Fixtures.deployment(COMPLETE))).isEqualTo(unikernel.getStatus());
    }

    @Test
    void acceleratedOutlivesALookWithoutADecision() {
        var unikernel = Fixtures.serving(2);
        var choice = AcceleratorChoice.choose(AcceleratorPolicy.Auto, Optional.empty(), new NodeOffers(false, true));
        var decided = new Facts(
                unikernel,
                Optional.empty(),
                Fixtures.deployment(COMPLETE),
                List.of(),
                Fixtures.BOTH,
                Map.of(),
                Optional.of(choice),
                Fixtures.NOW);
        unikernel.setStatus(Statuses.of(decided));

        assertThat(Statuses.condition(later(unikernel, Fixtures.deployment(COMPLETE)), ConditionType.Accelerated))
                .hasValueSatisfying(c -> {
                    assertThat(c.getStatus()).isEqualTo("False");
                    assertThat(c.getMessage()).contains("because no node offers skete.dev/kvm");
                });
    }

    @Test
    void aFailedRolloutTellsWhatStillServes() {
        var children = Fixtures.deployment(
                "{observedGeneration: 2, replicas: 3, updatedReplicas: 1, readyReplicas: 2, availableReplicas: 2}");
        var broken = Fixtures.pod(
                "Always",
                "{phase: Pending, containerStatuses: [{name: guest, state: {waiting: {reason: ErrImagePull, message: gone}}}]}");

        var status = Statuses.of(Fixtures.facts(Fixtures.serving(2), children, broken));

        assertThat(ready(status).getMessage()).endsWith("2 of 2 guests are ready.");
    }

    @Test
    void aGuestThatPanickedIsNotReadyWhateverTheKubeletThinks() {
        var panicked = Fixtures.pod("Always", """
                {phase: Running, conditions: [{type: skete.dev/GuestRunning, status: "False", reason: GuestPanicked, message: oops}],
                 containerStatuses: [{name: guest, ready: true, state: {running: {startedAt: "2026-01-01T11:00:00Z"}}}]}""");

        var status = Statuses.of(Fixtures.facts(Fixtures.serving(2), Fixtures.deployment(COMPLETE), panicked));

        assertThat(ready(status).getReason()).isEqualTo("GuestPanicked");
    }

    @Test
    void aFailedRunOfAJobThatTriesAgainIsNoProblemYet() {
        var failed = Fixtures.pod("Never", """
                {phase: Failed, containerStatuses: [{name: guest, ready: false, state: {terminated: {exitCode: 1}}}]}""");

        var status = Statuses.of(Fixtures.facts(Fixtures.job(), Fixtures.job("{active: 1, failed: 1}"), failed));

        assertThat(ready(status).getReason()).isEqualTo("Progressing");
    }

    static Condition ready(UnikernelStatus status) {
        return Statuses.condition(status, ConditionType.Ready).orElseThrow();
    }

    private static UnikernelStatus later(Unikernel unikernel, LiveChildren children) {
        return Statuses.of(new Facts(
                unikernel,
                Optional.empty(),
                children,
                List.of(),
                Fixtures.BOTH,
                Map.of(),
                Optional.empty(),
                Fixtures.NOW.plus(Duration.ofMinutes(1))));
    }

    private static List<String> types(UnikernelStatus status) {
        return status.conditions() == null
                ? List.of()
                : status.conditions().stream().map(Condition::getType).toList();
    }
}

package dev.skete.operator.unikernel.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionReason;
import dev.skete.api.GuestState;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What a guest's pod looks like, and what its Unikernel says about it. */
class GuestProblemsTest {
    record Case(String name, String status, GuestState state, ConditionReason reason, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES = List.of(
            new Case(
                    "an image that is not there",
                    waiting("ErrImagePull", "not found"),
                    GuestState.Pending,
                    ConditionReason.ImagePullFailed,
                    "cannot get its image hello:1. Check spec.image, and spec.pod.imagePullSecrets"),
            new Case(
                    "an image that is still not there",
                    waiting("ImagePullBackOff", "Back-off"),
                    GuestState.Pending,
                    ConditionReason.ImagePullFailed,
                    "The node says: Back-off"),
            new Case(
                    "an image name that is none",
                    waiting("InvalidImageName", "couldn't parse"),
                    GuestState.Pending,
                    ConditionReason.InvalidImage,
                    "Correct spec.image"),
            new Case(
                    "a Secret that is missing",
                    waiting("CreateContainerConfigError", "secret \\\"shop\\\" not found"),
                    GuestState.Pending,
                    ConditionReason.ConfigurationMissing,
                    "secret \"shop\" not found. Create it"),
            new Case(
                    "a Secret that the node has not looked up yet",
                    waiting(
                            "CreateContainerConfigError",
                            "failed to sync secret cache: timed out waiting for the condition"),
                    GuestState.Pending,
                    ConditionReason.Progressing,
                    "0 of 1 guests are ready."),
            new Case(
                    "a container the node cannot start",
                    waiting("RunContainerError", "exec /skete/bin/launch: no such file"),
                    GuestState.Pending,
                    ConditionReason.ContainerNotStarted,
                    "cannot be started by its node: exec /skete/bin/launch"),
            new Case(
                    "a crash loop",
                    crashed("{exitCode: 7, reason: Error, message: \"booting\\nno disk\\n\\n\"}"),
                    GuestState.Failed,
                    ConditionReason.GuestCrashLooping,
                    "ended with exit code 7 (4 restarts); its last lines: booting | no disk. See kubectl logs hello-1 --previous."),
            new Case(
                    "a crash loop without a word",
                    crashed("{exitCode: 1, reason: Error}"),
                    GuestState.Failed,
                    ConditionReason.GuestCrashLooping,
                    "ended with exit code 1 (4 restarts). See"),
            new Case(
                    "a guest that ends well although it should serve",
                    crashed("{exitCode: 0, reason: Completed}"),
                    GuestState.Succeeded,
                    ConditionReason.GuestExited,
                    "wants restartPolicy OnFailure or Never"),
            new Case(
                    "too much memory",
                    crashed("{exitCode: 137, reason: OOMKilled}"),
                    GuestState.Failed,
                    ConditionReason.OOMKilled,
                    "Raise overhead.memory of its UnikernelRuntime"),
            new Case(
                    "a volume that refers to nothing",
                    waiting("ContainerCreating", "MountVolume.SetUp failed: secret kek not found"),
                    GuestState.Pending,
                    ConditionReason.VolumeUnavailable,
                    "waits for its volumes: MountVolume.SetUp failed: secret kek not found. Create what spec.volumes refers to"),
            new Case(
                    "a volume that the node has not looked up yet",
                    waiting(
                            "ContainerCreating",
                            "MountVolume.SetUp failed: failed to sync configmap cache: timed out waiting for the condition"),
                    GuestState.Pending,
                    ConditionReason.Progressing,
                    "0 of 1 guests are ready."),
            new Case(
                    "a container that is only being created",
                    waiting("ContainerCreating", ""),
                    GuestState.Pending,
                    ConditionReason.Progressing,
                    "0 of 1 guests are ready."),
            new Case(
                    "a disk that the node gives to root only",
                    crashed(
                            "{exitCode: 1, reason: Error, message: \"qemu-system-x86_64: -drive if=none,file=/dev/skete-data: Could not open '/dev/skete-data': Permission denied\\n\"}"),
                    GuestState.Failed,
                    ConditionReason.GuestCrashLooping,
                    "set device_ownership_from_security_context"),
            new Case(
                    "a guest that ends with the number of a refusal",
                    crashed("{exitCode: 125, reason: Error, message: \"done\\n\"}"),
                    GuestState.Failed,
                    ConditionReason.GuestCrashLooping,
                    "ended with exit code 125 (4 restarts); its last line: done."),
            new Case(
                    "a refused launch",
                    crashed("{exitCode: 125, reason: Error, message: \"skete: refused: argument 2 has a newline\\n\"}"),
                    GuestState.Failed,
                    ConditionReason.LaunchRefused,
                    "was refused by the node agent: argument 2 has a newline"),
            new Case(
                    "a refusal the agent still tells of",
                    running("False", "Refused", "no kernel at /guest"),
                    GuestState.Starting,
                    ConditionReason.LaunchRefused,
                    "was refused by the node agent: no kernel at /guest"),
            new Case(
                    "a panic",
                    running("False", "GuestPanicked", "the guest panicked"),
                    GuestState.Failed,
                    ConditionReason.GuestPanicked,
                    "panicked: the guest panicked"),
            new Case(
                    "a virtual machine that cannot go on",
                    running("False", "InternalError", "KVM internal error"),
                    GuestState.Failed,
                    ConditionReason.VmmInternalError,
                    "because of an internal error of its virtual machine: KVM internal error"),
            new Case(
                    "a boot that fails in a virtual machine that lives on",
                    running("False", "BootFailed", "The guest did not boot: no root"),
                    GuestState.Failed,
                    ConditionReason.BootFailed,
                    "failed to boot: The guest did not boot: no root"),
            new Case(
                    "a boot that failed again and again",
                    ended("BootFailed", "no root. Exit status 77.", "{exitCode: 77, reason: Error}"),
                    GuestState.Failed,
                    ConditionReason.BootFailed,
                    "failed to boot (4 restarts): no root. Exit status 77."),
            new Case(
                    "a panic again and again",
                    ended("GuestPanicked", "at main.rs", "{exitCode: 255, reason: Error}"),
                    GuestState.Failed,
                    ConditionReason.GuestPanicked,
                    "panicked (4 restarts): at main.rs"),
            new Case(
                    "internal errors again and again",
                    ended("InternalError", "KVM", "{exitCode: 255, reason: Error}"),
                    GuestState.Failed,
                    ConditionReason.VmmInternalError,
                    "ended by an internal error of its virtual machine (4 restarts): KVM"),
            new Case(
                    "no node with room",
                    "{phase: Pending, conditions: [{type: PodScheduled, status: \"False\", reason: Unschedulable,"
                            + " message: \"0/1 nodes: Insufficient memory.\"}]}",
                    GuestState.Pending,
                    ConditionReason.Unschedulable,
                    "cannot be placed on any node. The scheduler says: 0/1 nodes: Insufficient memory."),
            new Case(
                    "no free place for a guest",
                    "{phase: Pending, conditions: [{type: PodScheduled, status: \"False\", reason: Unschedulable,"
                            + " message: \"0/1 nodes: Insufficient skete.dev/tcg.\"}]}",
                    GuestState.Pending,
                    ConditionReason.Unschedulable,
                    "every node is full, or its node agent is down"),
            new Case(
                    "an agent that is not there",
                    "{phase: Running, containerStatuses: [{name: guest, ready: false,"
                            + " state: {running: {startedAt: \"2026-01-01T11:59:50Z\"}}}]}",
                    GuestState.Starting,
                    ConditionReason.AgentUnavailable,
                    "waits for the node agent of n1"),
            new Case(
                    "an agent that has not answered yet",
                    "{phase: Running, containerStatuses: [{name: guest, ready: false,"
                            + " state: {running: {startedAt: \"2026-01-01T11:59:58Z\"}}}]}",
                    GuestState.Starting,
                    ConditionReason.Progressing,
                    "0 of 1 guests are ready."),
            new Case(
                    "a pod the node evicted",
                    "{phase: Failed, reason: Evicted, message: \"low on memory\","
                            + " conditions: [{type: DisruptionTarget, status: \"True\", lastTransitionTime: \"2026-01-01T11:59:00Z\"}],"
                            + " containerStatuses: [{name: guest, ready: false, state: {terminated: {exitCode: 137}}}]}",
                    GuestState.Failed,
                    ConditionReason.PodFailed,
                    "was ended by its node (Evicted): low on memory"),
            new Case(
                    "a guest that is just starting",
                    "{phase: Pending}",
                    GuestState.Pending,
                    ConditionReason.Progressing,
                    "0 of 1 guests are ready."),
            new Case(
                    "a paused guest",
                    running("True", "Paused", "idle"),
                    GuestState.Paused,
                    ConditionReason.Progressing,
                    "0 of 1 guests are ready."));

    @ParameterizedTest
    @FieldSource("CASES")
    void areTold(Case given) {
        var unready = Fixtures.deployment("{observedGeneration: 2, replicas: 1, updatedReplicas: 1}");
        var facts = Fixtures.facts(Fixtures.serving(1), unready, Fixtures.pod("Always", given.status));

        var status = Statuses.of(facts);

        var ready = StatusesTest.ready(status);
        assertThat(ready.getReason()).isEqualTo(given.reason.name());
        assertThat(ready.getMessage()).contains(given.says);
        assertThat(status.guests())
                .singleElement()
                .satisfies(g -> assertThat(g.state()).isEqualTo(given.state));
    }

    @Test
    void aGuestWaitsForAnAcceleratorThatNoNodeOffers() {
        var pod = Fixtures.pod(
                "Always",
                "{phase: Pending, conditions: [{type: PodScheduled, status: \"False\", reason: Unschedulable}]}");

        var guest = new GuestView(pod, Optional.empty());
        var deadline = new StartupDeadline(guest, Duration.ofMinutes(1));
        var verdict = new Diagnosis(guest, new NodeOffers(false, true), deadline, Fixtures.NOW).verdict();

        assertThat(verdict).hasValueSatisfying(v -> {
            assertThat(v.reason()).isEqualTo(ConditionReason.NoNodeWithAccelerator);
            assertThat(v.message())
                    .contains("no node offers skete.dev/kvm", "set spec.accelerator to Auto or Emulation");
        });
    }

    @Test
    void aRestartedGuestThatIsReadyAgainIsForgiven() {
        var pod = Fixtures.pod(
                "Always",
                "{phase: Running, containerStatuses: [{name: guest, ready: true, restartCount: 1,"
                        + " state: {running: {startedAt: \"2026-01-01T11:00:00Z\"}}, lastState: {terminated: {exitCode: 7}}}]}");

        var facts = Fixtures.facts(Fixtures.serving(1), LiveChildren.NONE, pod);
        assertThat(Diagnosis.of(new GuestView(pod, Optional.empty()), facts).verdict())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            it runs again                  | 1 | running: {startedAt: "2026-01-01T11:59:59Z"} | Always    | Progressing
            it has just ended              | 0 | terminated: {exitCode: 137}                  | Always    | Progressing
            a run to completion runs again | 1 | running: {startedAt: "2026-01-01T11:59:59Z"} | OnFailure | Progressing
            the kubelet lets it wait       | 1 | waiting: {reason: CrashLoopBackOff}          | Always    | GuestCrashLooping
            it ended twice, and runs again | 2 | running: {startedAt: "2026-01-01T11:59:59Z"} | Always    | GuestCrashLooping
            it is not started again        | 0 | terminated: {exitCode: 137}                  | Never     | GuestCrashLooping
            """)
    void aGuestThatEndedOnceIsNoLoop(String when, int restarts, String state, String policy, ConditionReason reason) {
        var pod = Fixtures.pod(
                policy,
                "{phase: Running, containerStatuses: [{name: guest, ready: false, restartCount: %d, state: {%s}, lastState: {terminated: {exitCode: 137}}}]}"
                        .formatted(restarts, state));

        assertThat(Diagnosis.of(
                                new GuestView(pod, Optional.empty()),
                                Fixtures.facts(Fixtures.serving(1), LiveChildren.NONE, pod))
                        .verdict())
                .hasValueSatisfying(verdict -> {
                    assertThat(verdict.reason()).isEqualTo(reason);
                    assertThat(verdict.message()).contains("ended with exit code 137");
                });
    }

    @ParameterizedTest(name = "a pod made at {0} runs, and {1} is told")
    @CsvSource({"11:30, PodFailed", "11:50, Progressing"})
    void aPodTheNodeGaveUpOnIsToldUntilALaterOneTookItsPlace(String time, ConditionReason reason) {
        var evicted = Fixtures.pod("Always", """
                {phase: Failed, reason: Evicted, message: no memory,
                 conditions: [{type: DisruptionTarget, status: "True", lastTransitionTime: "2026-01-01T11:59:00Z"}]}""");
        evicted.getMetadata().setCreationTimestamp("2026-01-01T11:40:00Z");
        var other = Fixtures.pod("Always", running("True", "Running", "it runs"));
        other.getMetadata().setCreationTimestamp("2026-01-01T" + time + ":00Z");
        var unready = Fixtures.deployment("{observedGeneration: 2, replicas: 1, updatedReplicas: 1}");

        var status = Statuses.of(Fixtures.facts(Fixtures.serving(1), unready, evicted, other));

        assertThat(StatusesTest.ready(status).getReason()).isEqualTo(reason.name());
    }

    private static String waiting(String reason, String message) {
        return "{phase: Pending, containerStatuses: [{name: guest, ready: false, state: {waiting: {reason: %s, message: \"%s\"}}}]}"
                .formatted(reason, message);
    }

    private static String crashed(String terminated) {
        return ("{phase: Running, containerStatuses: [{name: guest, ready: false, restartCount: 4,"
                        + " state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: %s}}]}")
                .formatted(terminated);
    }

    private static String ended(String reason, String message, String terminated) {
        return ("{phase: Running, conditions: [{type: skete.dev/GuestRunning, status: \"False\", reason: %s, message: \"%s\"}],"
                        + " containerStatuses: [{name: guest, ready: false, restartCount: 4,"
                        + " state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: %s}}]}")
                .formatted(reason, message, terminated);
    }

    private static String running(String value, String reason, String message) {
        return ("{phase: Running, conditions: [{type: skete.dev/GuestRunning, status: \"%s\", reason: %s, message: \"%s\"}],"
                        + " containerStatuses: [{name: guest, ready: false, state: {running: {startedAt: \"2026-01-01T11:00:00Z\"}}}]}")
                .formatted(value, reason, message);
    }
}

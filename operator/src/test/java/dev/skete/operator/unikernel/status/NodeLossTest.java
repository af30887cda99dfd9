package dev.skete.operator.unikernel.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.GuestState;
import dev.skete.api.GuestStatus;
import dev.skete.api.UnikernelStatus;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a Unikernel says while a node of its guests is not well, and after. */
class NodeLossTest {
    private static final String SILENT = "{type: Ready, status: Unknown, lastTransitionTime: \"2026-01-01T11:59:00Z\"}";
    private static final String TROUBLED =
            "{type: Ready, status: \"False\", lastTransitionTime: \"2026-01-01T11:59:00Z\", message: runtime is down}";
    private static final String BACK = "{type: Ready, status: \"True\", lastTransitionTime: \"2026-01-01T11:59:00Z\"}";
    private static final String RUNS =
            "{phase: Running, containerStatuses: [{name: guest, ready: true, state: {running: {startedAt: \"2026-01-01T11:00:00Z\"}}}]}";
    private static final String REFUSED =
            "{phase: Failed, reason: UnexpectedAdmissionError, message: no devices, conditions: [{type: skete.dev/GuestRunning, status: \"True\"}]}";
    private static final String UNREADY = "{observedGeneration: 2, replicas: 1, updatedReplicas: 1}";
    private static final String COMPLETE =
            "{observedGeneration: 2, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1}";

    @Test
    void aGuestOnANodeThatIsNotHeardOfIsUnknown() {
        var status = serving(UNREADY, SILENT, Fixtures.pod("Always", RUNS));

        assertSays(
                status,
                "NodeNotReady",
                "hello-1 may run or not: its node n1 has not been heard of since 2026-01-01T11:59:00Z. Kubernetes starts another one");
        assertThat(states(status)).containsExactly(GuestState.Unknown);
    }

    @Test
    void aGuestOnANodeThatSaysItIsNotReadyIsWhatItsKubeletSays() {
        var status = serving(UNREADY, TROUBLED, Fixtures.pod("Always", RUNS));

        assertSays(
                status,
                "NodeNotReady",
                "is on node n1, which is not ready since 2026-01-01T11:59:00Z: runtime is down.");
        assertThat(states(status)).containsExactly(GuestState.Running);
    }

    @Test
    void aGuestThatWasReplacedStaysUnknownUntilItsNodeIsHeardOf() {
        var replaced = serving(COMPLETE, SILENT, leaving(Fixtures.pod("Always", RUNS)));
        assertSays(replaced, "AllGuestsReady", "1 of 1 guests are ready.");
        assertThat(states(replaced)).containsExactly(GuestState.Unknown);

        assertThat(states(serving(COMPLETE, BACK, leaving(Fixtures.pod("Always", RUNS)))))
                .isEmpty();
    }

    @Test
    void aRunWaitsUntilItsGuestHasSurelyEnded() {
        var pod = leaving(Fixtures.pod("Never", RUNS));
        var facts = Fixtures.facts(Fixtures.job(), Fixtures.job("{active: 0}"), nodes(SILENT), pod);

        assertSays(
                Statuses.of(facts),
                "NodeNotReady",
                "it was given up. Another one starts when it is sure",
                "kubectl delete node n1");
    }

    @Test
    void aRunThatMayRestartItsGuestDoesNotWait() {
        var pod = leaving(Fixtures.pod("OnFailure", RUNS));
        var facts = Fixtures.facts(Fixtures.job(), Fixtures.job("{active: 0}"), nodes(SILENT), pod);

        assertSays(Statuses.of(facts), "NodeNotReady", "it was given up. Another one takes its place.");
    }

    @Test
    void aRunThatHasAnotherGuestGoesOn() {
        var pod = leaving(Fixtures.pod("OnFailure", RUNS));
        var facts = Fixtures.facts(Fixtures.job(), Fixtures.job("{active: 1, ready: 1}"), nodes(SILENT), pod);

        assertSays(Statuses.of(facts), "Running", "1 under way");
    }

    @Test
    void aGuestThatItsNodeDidNotTakeBackIsToldAndForgotten() {
        var pod = Fixtures.pod("Always", REFUSED);
        var early = Fixtures.facts(Fixtures.serving(1), Fixtures.deployment(UNREADY), nodes(BACK), pod);

        assertSays(
                Statuses.of(early),
                "PodFailed",
                "was not taken by node n1, whose node agent had just started anew, or the node itself",
                "Another one takes its place");
        assertThat(NextLook.after(early)).contains(Duration.ofMinutes(4).plusMillis(1));

        var late = new Facts(
                early.unikernel(),
                Optional.empty(),
                early.children(),
                early.pods(),
                early.offers(),
                early.nodes(),
                Optional.empty(),
                Fixtures.NOW.plus(Duration.ofMinutes(5)));
        assertSays(Statuses.of(late), "Progressing", "0 of 1 guests are ready.");
        assertThat(states(Statuses.of(late))).isEmpty();
    }

    @Test
    void aGuestThatItsNodeDidNotTakeBackDoesNotMakeItsSuccessorsUnready() {
        assertSays(
                serving(COMPLETE, BACK, Fixtures.pod("Always", REFUSED)), "AllGuestsReady", "1 of 1 guests are ready.");
    }

    private static UnikernelStatus serving(String deployment, String ready, Pod pod) {
        return Statuses.of(Fixtures.facts(Fixtures.serving(1), Fixtures.deployment(deployment), nodes(ready), pod));
    }

    private static Map<String, NodeView> nodes(String ready) {
        var node = Serialization.unmarshal(
                "---\n{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {conditions: [%s]}}".formatted(ready),
                Node.class);
        return NodeView.of(Stream.of(node));
    }

    private static Pod leaving(Pod pod) {
        pod.getMetadata().setDeletionTimestamp("2026-01-01T11:59:30Z");
        return pod;
    }

    private static void assertSays(UnikernelStatus status, String reason, String... says) {
        assertThat(StatusesTest.ready(status).getReason()).isEqualTo(reason);
        assertThat(StatusesTest.ready(status).getMessage()).contains(says);
    }

    private static List<GuestState> states(UnikernelStatus status) {
        return Objects.requireNonNull(status.guests()).stream()
                .map(GuestStatus::state)
                .toList();
    }
}

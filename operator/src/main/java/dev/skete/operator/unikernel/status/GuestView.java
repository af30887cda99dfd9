package dev.skete.operator.unikernel.status;

import dev.skete.api.GuestReason;
import dev.skete.api.GuestState;
import dev.skete.api.GuestStatus;
import dev.skete.operator.unikernel.compile.GuestContainer;
import dev.skete.operator.unikernel.compile.Marks;
import dev.skete.operator.unikernel.compile.NodeRefusal;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One pod, read as a guest.
 *
 * @param node the node it is on, if it is on one that is known
 */
record GuestView(Pod pod, Optional<NodeView> node) {
    /** How long a guest that its node gave up explains why its Deployment is not complete; Kubernetes keeps such pods for long. */
    private static final Duration NEWS = Duration.ofMinutes(5);

    String name() {
        return pod.getMetadata().getName();
    }

    boolean leaving() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** Whether its node keeps silent, so that what it does cannot be known. */
    boolean unheardOf() {
        return !over() && node.filter(NodeView::silent).isPresent();
    }

    /** Whether its pod has ended for good. */
    boolean over() {
        return failed() || phase().equals("Succeeded");
    }

    /** When there is news of a guest that its node gave up no more, and only its pod is left; empty if it was not given up. */
    Optional<Instant> forgotten() {
        return failed() && "Always".equals(pod.getSpec().getRestartPolicy())
                ? Optional.of(givenUp().orElse(Instant.EPOCH).plus(NEWS))
                : Optional.empty();
    }

    /** The kubelet writes no time when it does not take a pod, so it is that of its node's return. */
    private Optional<Instant> givenUp() {
        return condition("DisruptionTarget")
                .map(PodCondition::getLastTransitionTime)
                .or(() -> lastEnd().map(ContainerStateTerminated::getFinishedAt))
                .map(Instant::parse)
                .or(() -> NodeRefusal.is(pod) ? node.flatMap(NodeView::readySince) : Optional.empty());
    }

    boolean belongsTo(Job job) {
        return Marks.controls(job, pod);
    }

    String phase() {
        return Objects.requireNonNullElse(pod.getStatus().getPhase(), "Unknown");
    }

    boolean failed() {
        return phase().equals("Failed");
    }

    /** When its pod was made, as the API writes times: they sort as text. */
    String created() {
        return Objects.requireNonNullElse(pod.getMetadata().getCreationTimestamp(), "");
    }

    Optional<ContainerStatus> container() {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(c -> c.getName().equals(GuestContainer.NAME))
                .findFirst();
    }

    Optional<ContainerState> state() {
        return container().map(ContainerStatus::getState);
    }

    boolean running() {
        return state().map(ContainerState::getRunning).isPresent();
    }

    boolean ready() {
        return container().map(ContainerStatus::getReady).orElse(false);
    }

    /** How the guest ended, now or before its last restart. */
    Optional<ContainerStateTerminated> lastEnd() {
        return state().map(ContainerState::getTerminated)
                .or(() -> container().map(ContainerStatus::getLastState).map(ContainerState::getTerminated));
    }

    int restarts() {
        return container().map(ContainerStatus::getRestartCount).orElse(0);
    }

    Optional<PodCondition> condition(String type) {
        return pod.getStatus().getConditions().stream()
                .filter(c -> c.getType().equals(type))
                .findFirst();
    }

    /** What the node agent says, if it said anything. */
    Optional<PodCondition> agentSays() {
        return condition(GuestReason.CONDITION_TYPE);
    }

    boolean agentSays(GuestReason reason) {
        return agentSays().filter(c -> reason.name().equals(c.getReason())).isPresent();
    }

    GuestStatus status() {
        return new GuestStatus(
                name(),
                pod.getSpec().getNodeName(),
                pod.getStatus().getPodIP(),
                guestState(),
                lastEnd().map(ContainerStateTerminated::getExitCode).orElse(null),
                restarts());
    }

    /** Those that are there; of those that are on their way out, the ones of which nobody can say whether they are gone. */
    static List<GuestView> of(Facts facts) {
        return facts.pods().stream()
                .map(pod -> new GuestView(
                        pod, Optional.ofNullable(pod.getSpec().getNodeName()).map(facts.nodes()::get)))
                .filter(g -> !g.leaving() || g.unheardOf())
                .filter(g -> g.forgotten().filter(facts.now()::isAfter).isEmpty())
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    /** So many of them: those that run first, then those that failed, so that a long run's successes do not hide them; by name. */
    static Stream<GuestView> mostTelling(List<GuestView> guests, int most) {
        return guests.stream()
                .sorted(Comparator.comparingInt(GuestView::insignificance))
                .limit(most)
                .sorted(Comparator.comparing(GuestView::name));
    }

    private int insignificance() {
        return switch (phase()) {
            case "Succeeded" -> 2;
            case "Failed" -> 1;
            default -> 0;
        };
    }

    private GuestState guestState() {
        if (unheardOf()) {
            return GuestState.Unknown;
        }
        return switch (phase()) {
            case "Succeeded" -> GuestState.Succeeded;
            case "Failed" -> GuestState.Failed;
            case "Pending" -> GuestState.Pending;
            case "Running" -> startedState();
            default -> GuestState.Unknown;
        };
    }

    private GuestState startedState() {
        if (!running()) {
            return lastEnd().filter(e -> e.getExitCode() == 0).isPresent() ? GuestState.Succeeded : GuestState.Failed;
        }
        if (agentSays(GuestReason.Paused)) {
            return GuestState.Paused;
        }
        if (agentSays(GuestReason.GuestPanicked)
                || agentSays(GuestReason.BootFailed)
                || agentSays(GuestReason.InternalError)) {
            return GuestState.Failed;
        }
        return agentSays(GuestReason.Running) || ready() ? GuestState.Running : GuestState.Starting;
    }
}

package dev.skete.operator.unikernel.status;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.ConditionReason;
import dev.skete.operator.unikernel.compile.Wanted;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges whether the guests are what the spec asks for. */
final class Readiness {
    private Readiness() {}

    static Verdict of(Facts facts, List<GuestView> guests) {
        return facts.children()
                .job()
                // What is wrong now cannot change how it ended.
                .filter(RunReadiness::isOver)
                .map(j -> RunReadiness.of(j, facts, guests))
                .or(() -> obstacle(facts, guests))
                .or(() -> facts.children().deployment().map(d -> serving(d, facts, guests)))
                .or(() -> facts.children().job().map(j -> RunReadiness.of(j, facts, guests)))
                .or(() -> facts.children().cronJob().map(c -> ScheduleReadiness.of(c, facts, guests)))
                .orElseGet(() -> new Verdict(ConditionReason.Progressing, "The guests' objects are being created."));
    }

    private static Optional<Verdict> obstacle(Facts facts, List<GuestView> guests) {
        return facts.obstacle().map(o -> guests.isEmpty() ? o : o.plus("Its guests keep running as they are."));
    }

    private static Verdict serving(Deployment deployment, Facts facts, List<GuestView> all) {
        // One that was given up with its node has been replaced.
        var guests = all.stream().filter(g -> !g.leaving()).toList();
        int wanted = new Wanted(facts.unikernel().getSpec()).replicas();
        var status = requireNonNullElse(deployment.getStatus(), new DeploymentStatus());
        int ready = orZero(status.getReadyReplicas());
        if (complete(deployment, status, wanted)) {
            // Without a probe, the kubelet takes a guest that panicked for ready.
            return worst(facts, inPhase(guests, "Running")).orElseGet(() -> ready(wanted));
        }
        return worst(facts, unreplaced(guests))
                .or(() -> refused(status))
                .or(() -> overdue(status))
                .map(v -> ready > 0 ? v.plus(ready + " of " + wanted + " guests are ready.") : v)
                .orElseGet(() -> progress(deployment, status, wanted));
    }

    /** A pod that a node gave up on explains nothing any more when a later one took its place. */
    private static List<GuestView> unreplaced(List<GuestView> guests) {
        var latest =
                guests.stream().filter(g -> !g.failed()).map(GuestView::created).max(Comparator.naturalOrder());
        return guests.stream()
                .filter(g -> !g.failed()
                        || latest.filter(l -> l.compareTo(g.created()) >= 0).isEmpty())
                .toList();
    }

    private static Verdict ready(int wanted) {
        return wanted == 0
                ? new Verdict(ConditionReason.ScaledToZero, "No guests are wanted, and none runs.")
                : new Verdict(ConditionReason.AllGuestsReady, wanted + " of " + wanted + " guests are ready.");
    }

    /** Everything is of the latest template, available, and nothing older is left. */
    private static boolean complete(Deployment deployment, DeploymentStatus status, int wanted) {
        return upToDate(deployment, status)
                && orZero(status.getUpdatedReplicas()) == wanted
                && orZero(status.getReplicas()) == wanted
                && orZero(status.getAvailableReplicas()) == wanted;
    }

    private static boolean upToDate(Deployment deployment, DeploymentStatus status) {
        return requireNonNullElse(status.getObservedGeneration(), 0L)
                >= requireNonNullElse(deployment.getMetadata().getGeneration(), 0L);
    }

    private static Verdict progress(Deployment deployment, DeploymentStatus status, int wanted) {
        int updated = orZero(status.getUpdatedReplicas());
        int total = orZero(status.getReplicas());
        int ready = orZero(status.getReadyReplicas());
        if (!upToDate(deployment, status) || updated < total) {
            return new Verdict(
                    ConditionReason.Progressing,
                    updated + " of " + wanted + " guests are of the latest version, " + ready + " are ready.");
        }
        return new Verdict(ConditionReason.Progressing, ready + " of " + wanted + " guests are ready.");
    }

    static List<GuestView> inPhase(List<GuestView> guests, String... phases) {
        return guests.stream()
                .filter(g -> Arrays.asList(phases).contains(g.phase()))
                .toList();
    }

    static Optional<Verdict> worst(Facts facts, List<GuestView> guests) {
        return guests.stream()
                .flatMap(g -> Diagnosis.of(g, facts).verdict().stream())
                .min(Comparator.comparingInt((Verdict v) -> Gravity.rank(v.reason()))
                        .thenComparing(Verdict::message));
    }

    /** Quota and admission policies refuse pods, which then do not exist; only the Deployment knows. */
    private static Optional<Verdict> refused(DeploymentStatus status) {
        return condition(status, "ReplicaFailure", "True")
                .map(DeploymentCondition::getMessage)
                .map(m -> new Verdict(ConditionReason.ChildRefused, "The API server refuses the guests' pods: " + m));
    }

    private static Optional<Verdict> overdue(DeploymentStatus status) {
        return condition(status, "Progressing", "False")
                .map(DeploymentCondition::getMessage)
                .map(m -> new Verdict(
                        ConditionReason.ProgressDeadlineExceeded,
                        "The guests do not become ready: " + m + " Check their readiness probe and kubectl logs."));
    }

    private static Optional<DeploymentCondition> condition(DeploymentStatus status, String type, String value) {
        return status.getConditions().stream()
                .filter(c -> c.getType().equals(type) && value.equals(c.getStatus()))
                .findFirst();
    }

    static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}

package dev.skete.operator.unikernel.status;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.Accelerator;
import dev.skete.api.ConditionType;
import dev.skete.api.Labels;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelStatus;
import dev.skete.operator.unikernel.accelerator.AcceleratorChoice;
import dev.skete.operator.unikernel.compile.Marks;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes the status of a Unikernel: the only place that does. */
public final class Statuses {
    /** More guests than a person reads, and few enough to keep the object small. */
    private static final int MOST_GUESTS = 100;

    private Statuses() {}

    /** The status that the facts amount to. */
    public static UnikernelStatus of(Facts facts) {
        var guests = GuestView.of(facts);
        var verdict = Readiness.of(facts, guests);
        return new UnikernelStatus(
                facts.unikernel().getMetadata().getGeneration(),
                conditions(facts, verdict),
                replicas(facts.children()),
                readyReplicas(facts.children()),
                Labels.UNIKERNEL + "=" + facts.unikernel().getMetadata().getName(),
                facts.children().service().map(Statuses::endpoint).orElse(null),
                accelerator(facts),
                GuestView.mostTelling(guests, MOST_GUESTS)
                        .map(GuestView::status)
                        .toList());
    }

    /** Whether a run-to-completion guest has run to its end, well or badly, as far as its status remembers. */
    public static boolean over(@Nullable UnikernelStatus status) {
        return Stream.of(ConditionType.Complete, ConditionType.Failed)
                .flatMap(type -> condition(status, type).stream())
                .anyMatch(c -> "True".equals(c.getStatus()));
    }

    /** The status of one whose children are gone for good: what was last seen, confirmed for this generation of the spec. */
    public static UnikernelStatus confirmed(Unikernel unikernel, UnikernelStatus last, Instant now) {
        long generation = unikernel.getMetadata().getGeneration();
        var conditions = new Conditions(conditionsOf(unikernel), generation, now);
        for (var type : ConditionType.values()) {
            conditions.carryOver(type);
        }
        return new UnikernelStatus(
                generation,
                conditions.list(),
                0,
                0,
                last.selector(),
                last.endpoint(),
                last.accelerator(),
                last.guests());
    }

    /** A condition in a status. */
    public static Optional<Condition> condition(@Nullable UnikernelStatus status, ConditionType type) {
        var conditions =
                status == null ? List.<Condition>of() : requireNonNullElse(status.conditions(), List.<Condition>of());
        return conditions.stream().filter(c -> type.name().equals(c.getType())).findFirst();
    }

    /** The conditions in the status as last written. */
    public static List<Condition> conditionsOf(Unikernel unikernel) {
        var status = unikernel.getStatus();
        return status == null ? List.of() : requireNonNullElse(status.conditions(), List.of());
    }

    private static List<Condition> conditions(Facts facts, Verdict verdict) {
        var conditions = new Conditions(
                conditionsOf(facts.unikernel()), facts.unikernel().getMetadata().getGeneration(), facts.now());
        readiness(conditions, verdict);
        facts.choice()
                .ifPresentOrElse(
                        c -> accelerated(conditions, c), () -> conditions.carryOver(ConditionType.Accelerated));
        facts.children().job().ifPresent(j -> ending(conditions, verdict));
        return conditions.list();
    }

    /** By the kstatus convention, Reconciling and Stalled are there only while they hold. */
    private static void readiness(Conditions conditions, Verdict verdict) {
        var reason = verdict.reason().name();
        switch (Gravity.of(verdict.reason())) {
            case READY -> conditions.add(ConditionType.Ready, true, reason, verdict.message());
            case PROGRESSING, TROUBLED -> {
                conditions.add(ConditionType.Ready, false, reason, verdict.message());
                conditions.add(ConditionType.Reconciling, true, reason, verdict.message());
            }
            case STALLED -> {
                conditions.add(ConditionType.Ready, false, reason, verdict.message());
                conditions.add(ConditionType.Stalled, true, reason, verdict.message());
            }
        }
    }

    private static void accelerated(Conditions conditions, AcceleratorChoice choice) {
        conditions.add(
                ConditionType.Accelerated, choice.accelerated(), choice.reason().name(), choice.message());
    }

    private static void ending(Conditions conditions, Verdict verdict) {
        switch (verdict.reason()) {
            case Completed ->
                conditions.add(ConditionType.Complete, true, verdict.reason().name(), verdict.message());
            case BackoffLimitExceeded, DeadlineExceeded, PodFailurePolicy ->
                conditions.add(ConditionType.Failed, true, verdict.reason().name(), verdict.message());
            default -> {}
        }
    }

    private static int replicas(LiveChildren children) {
        return children.deployment()
                .map(d -> requireNonNullElse(d.getStatus(), new DeploymentStatus()))
                .map(s -> Readiness.orZero(s.getReplicas()))
                .orElseGet(() -> ofRuns(children, JobStatus::getActive));
    }

    private static int readyReplicas(LiveChildren children) {
        return children.deployment()
                .map(d -> requireNonNullElse(d.getStatus(), new DeploymentStatus()))
                .map(s -> Readiness.orZero(s.getReadyReplicas()))
                .orElseGet(() -> ofRuns(children, JobStatus::getReady));
    }

    private static int ofRuns(LiveChildren children, Function<JobStatus, @Nullable Integer> number) {
        return Stream.concat(children.job().stream(), children.runs().stream())
                .map(j -> requireNonNullElse(j.getStatus(), new JobStatus()))
                .mapToInt(s -> Readiness.orZero(number.apply(s)))
                .sum();
    }

    private static String endpoint(Service service) {
        var meta = service.getMetadata();
        return meta.getName() + "." + meta.getNamespace() + ".svc:"
                + service.getSpec().getPorts().getFirst().getPort();
    }

    private static @Nullable Accelerator accelerator(Facts facts) {
        return facts.children()
                .workload()
                .flatMap(w -> Marks.annotation(w, Marks.ACCELERATOR))
                .map(Accelerator::valueOf)
                .orElse(null);
    }
}

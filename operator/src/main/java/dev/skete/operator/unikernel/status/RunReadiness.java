package dev.skete.operator.unikernel.status;

import static dev.skete.operator.unikernel.status.Readiness.inPhase;
import static dev.skete.operator.unikernel.status.Readiness.orZero;
import static dev.skete.operator.unikernel.status.Readiness.worst;
import static java.util.Objects.requireNonNullElse;

import dev.skete.api.ConditionReason;
import dev.skete.operator.unikernel.compile.Wanted;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.List;
import java.util.Optional;

/** Judges how a run to completion goes. */
final class RunReadiness {
    private RunReadiness() {}

    static Verdict of(Job job, Facts facts, List<GuestView> guests) {
        var status = requireNonNullElse(job.getStatus(), new JobStatus());
        int done = orZero(status.getSucceeded());
        int wanted = requireNonNullElse(job.getSpec().getCompletions(), 1);
        if (holding(status, "Complete").isPresent()) {
            return new Verdict(
                    ConditionReason.Completed, done + " of " + wanted + " runs succeeded, with exit code 0.");
        }
        return holding(status, "Failed")
                .map(c -> failed(c, facts, guests))
                .or(() -> holding(status, "Suspended")
                        .map(c -> new Verdict(
                                ConditionReason.Suspended,
                                "The run is suspended, " + done + " of " + wanted
                                        + " runs succeeded; set spec.job.suspend to false to go on.")))
                // What failed before is the Job's to count; it starts another.
                .or(() -> worst(facts, inPhase(stillWanted(status, guests), "Pending", "Running")))
                .orElseGet(() -> underWay(status, done, wanted));
    }

    /** Whether a Job has ended, well or badly. */
    static boolean isOver(Job job) {
        var status = requireNonNullElse(job.getStatus(), new JobStatus());
        return holding(status, "Complete").isPresent()
                || holding(status, "Failed").isPresent();
    }

    /** A condition of a Job that is true. */
    static Optional<JobCondition> holding(JobStatus status, String type) {
        return status.getConditions().stream()
                .filter(c -> c.getType().equals(type) && "True".equals(c.getStatus()))
                .findFirst();
    }

    /** One that was given up with its node is waited for, unless the Job has started another. */
    private static List<GuestView> stillWanted(JobStatus status, List<GuestView> guests) {
        return orZero(status.getActive()) == 0
                ? guests
                : guests.stream().filter(g -> !g.leaving()).toList();
    }

    private static Verdict underWay(JobStatus status, int done, int wanted) {
        var message = done + " of " + wanted + " runs succeeded, " + orZero(status.getActive()) + " under way.";
        return new Verdict(
                orZero(status.getReady()) > 0 ? ConditionReason.Running : ConditionReason.Progressing, message);
    }

    private static Verdict failed(JobCondition condition, Facts facts, List<GuestView> guests) {
        var verdict = failed(condition, new Wanted(facts.unikernel().getSpec()));
        return worst(facts, guests).map(w -> verdict.plus(w.message())).orElse(verdict);
    }

    private static Verdict failed(JobCondition condition, Wanted wanted) {
        var why = "The run failed: " + requireNonNullElse(condition.getMessage(), "the Job gives no reason") + ".";
        return switch (requireNonNullElse(condition.getReason(), "")) {
            case "DeadlineExceeded" -> new Verdict(ConditionReason.DeadlineExceeded, why);
            case "PodFailurePolicy" ->
                wanted.failsOnlyBecauseNoFailureIsAllowed()
                        ? new Verdict(
                                ConditionReason.BackoffLimitExceeded,
                                "The run failed: a guest did, and spec.job.backoffLimit is 0.")
                        : new Verdict(ConditionReason.PodFailurePolicy, why);
            default -> new Verdict(ConditionReason.BackoffLimitExceeded, why);
        };
    }
}

package dev.skete.operator.unikernel.status;

import static dev.skete.operator.unikernel.status.Readiness.inPhase;
import static dev.skete.operator.unikernel.status.Readiness.worst;
import static java.util.Objects.requireNonNullElse;

import dev.skete.api.ConditionReason;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Judges how a schedule goes. One run that failed does not end it, but is told until a later one succeeds. */
final class ScheduleReadiness {
    private ScheduleReadiness() {}

    static Verdict of(CronJob schedule, Facts facts, List<GuestView> guests) {
        if (Boolean.TRUE.equals(schedule.getSpec().getSuspend())) {
            return new Verdict(
                    ConditionReason.Suspended, "The schedule is suspended; set spec.job.suspend to false to go on.");
        }
        return worst(facts, inPhase(guests, "Pending", "Running"))
                .orElseGet(() -> new Verdict(ConditionReason.Scheduled, message(schedule, facts, guests)));
    }

    private static String message(CronJob schedule, Facts facts, List<GuestView> guests) {
        var status = requireNonNullElse(schedule.getStatus(), new CronJobStatus());
        long active = facts.children().runs().stream()
                .filter(run -> !RunReadiness.isOver(run))
                .count();
        return "Runs at " + schedule.getSpec().getSchedule()
                + (schedule.getSpec().getTimeZone() == null
                        ? ""
                        : " (" + schedule.getSpec().getTimeZone() + ")")
                + "; last started " + requireNonNullElse(status.getLastScheduleTime(), "never")
                + ", last succeeded " + requireNonNullElse(status.getLastSuccessfulTime(), "never")
                + ", " + active + " under way."
                + latestFailure(facts, guests).map(text -> " " + text).orElse("");
    }

    private static Optional<String> latestFailure(Facts facts, List<GuestView> guests) {
        return facts.children().runs().stream()
                .filter(RunReadiness::isOver)
                .max(Comparator.comparing((Job run) -> run.getMetadata().getCreationTimestamp()))
                .filter(run -> RunReadiness.holding(run.getStatus(), "Failed").isPresent())
                .map(run -> RunReadiness.of(run, facts, guestsOf(run, guests)).message());
    }

    private static List<GuestView> guestsOf(Job run, List<GuestView> guests) {
        return guests.stream().filter(g -> g.belongsTo(run)).toList();
    }
}

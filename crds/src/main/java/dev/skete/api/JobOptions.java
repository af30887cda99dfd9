package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How a run-to-completion guest is run; the fields are those of batch/v1 Job and, with a schedule, CronJob. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.schedule) || !(has(self.timeZone) || has(self.startingDeadlineSeconds))",
        message = "timeZone and startingDeadlineSeconds belong to a schedule: add schedule, or remove them")
@ValidationRule(
        value = "has(self.schedule) == has(oldSelf.schedule)",
        message =
                "schedule cannot be added or removed, because it decides between a Job and a CronJob: delete the Unikernel and create it anew",
        fieldPath = ".schedule")
@ValidationRule(
        value = "has(self.schedule) || self.completions == oldSelf.completions",
        message = "completions cannot change, because a Job's cannot: delete the Unikernel and create it anew",
        fieldPath = ".completions")
@ValidationRule(
        value =
                "has(self.schedule) || (has(self.podFailurePolicy) == has(oldSelf.podFailurePolicy) && (!has(self.podFailurePolicy) || self.podFailurePolicy == oldSelf.podFailurePolicy))",
        message = "podFailurePolicy cannot change, because a Job's cannot: delete the Unikernel and create it anew",
        fieldPath = ".podFailurePolicy")
@ValidationRule(
        value = "has(self.schedule) || (self.backoffLimit == 0) == (oldSelf.backoffLimit == 0)",
        message =
                "backoffLimit cannot change from 0, nor to 0, because a Job's failure policy cannot: delete the Unikernel and create it anew",
        fieldPath = ".backoffLimit")
public record JobOptions(
        @JsonPropertyDescription("How many guests must succeed. Cannot be changed, unless there is a schedule.")
        @Default("" + Defaults.COMPLETIONS)
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer completions,

        @JsonPropertyDescription("How many guests run at a time.")
        @Default("" + Defaults.PARALLELISM)
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer parallelism,

        @JsonPropertyDescription(
                "How many failures are retried before the Unikernel counts as failed. Cannot be changed from 0 or to 0, unless there is a schedule.")
        @Default("" + Defaults.BACKOFF_LIMIT)
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer backoffLimit,

        @JsonPropertyDescription("Seconds the whole run may take before it is ended and counts as failed.")
        @Min(1) @Max(Integer.MAX_VALUE) @Nullable Integer activeDeadlineSeconds,

        @JsonPropertyDescription("Seconds after the end until the Job and its pods are removed.")
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer ttlSecondsAfterFinished,

        @JsonPropertyDescription(
                "Which failures end the run, and which do not count; needs restartPolicy Never. Cannot be changed, unless there is a schedule.")
        @Nullable PodFailurePolicy podFailurePolicy,

        @JsonPropertyDescription(
                "true ends the guests that run and starts none until it is false again; of a schedule, it keeps new runs from starting.")
        @Nullable Boolean suspend,

        @JsonPropertyDescription(
                "When to run, again and again, as in a CronJob: minute, hour, day of month, month, day of week. Without it: once, at once. Cannot be added or removed later.")
        @ValidationRule(
                value =
                        "self.matches('^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every [0-9hms]+|[^ ]+( +[^ ]+){4})$')",
                message =
                        "schedule must have the five fields of a CronJob, such as '*/5 * * * *', or be one of @hourly, @daily, @weekly, @monthly, @yearly")
        @Size(max = 128) @Nullable String schedule,

        @JsonPropertyDescription(
                "Time zone of the schedule, such as Europe/Berlin. Without it: that of the cluster's controller manager.")
        @ValidationRule(
                value = "self.matches('^[A-Za-z][-+_A-Za-z0-9]*(/[A-Za-z0-9][-+_A-Za-z0-9]*)*$')",
                message = "timeZone must be a name of the IANA time zone database, such as Etc/UTC")
        @Size(max = 128) @Nullable String timeZone,

        @JsonPropertyDescription("What happens when a run is due while an earlier one still runs. Without it: Allow.")
        @Nullable ConcurrencyPolicy concurrencyPolicy,

        @JsonPropertyDescription("Seconds a run may start late; after them it is left out.")
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer startingDeadlineSeconds,

        @JsonPropertyDescription("How many runs that succeeded are kept to look at. Without it: 3.")
        @Min(0) @Max(100) @Nullable Integer successfulJobsHistoryLimit,

        @JsonPropertyDescription("How many runs that failed are kept to look at. Without it: 1.")
        @Min(0) @Max(100) @Nullable Integer failedJobsHistoryLimit) {}

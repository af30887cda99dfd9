package dev.skete.operator.unikernel.compile;

import dev.skete.api.ConcurrencyPolicy;
import dev.skete.api.JobOptions;
import dev.skete.api.Unikernel;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import org.jspecify.annotations.Nullable;

/** Guests that run to completion: a Job, or the CronJob that starts one whenever it is time. */
final class Runs {
    private Runs() {}

    static HasMetadata of(Unikernel unikernel, ObjectMeta meta, PodTemplateSpec template, JobOptions options) {
        return options.schedule() == null
                ? once(meta, template, options)
                : again(unikernel, meta, template, options, options.schedule());
    }

    private static Job once(ObjectMeta meta, PodTemplateSpec template, JobOptions options) {
        var spec = new JobSpecBuilder(spec(template, options))
                .withSuspend(options.suspend())
                .build();
        return new JobBuilder().withMetadata(meta).withSpec(spec).build();
    }

    private static CronJob again(
            Unikernel unikernel, ObjectMeta meta, PodTemplateSpec template, JobOptions options, String schedule) {
        return new CronJobBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withSchedule(schedule)
                .withTimeZone(options.timeZone())
                .withConcurrencyPolicy(nameOf(options.concurrencyPolicy()))
                .withStartingDeadlineSeconds(toLong(options.startingDeadlineSeconds()))
                .withSuccessfulJobsHistoryLimit(options.successfulJobsHistoryLimit())
                .withFailedJobsHistoryLimit(options.failedJobsHistoryLimit())
                .withSuspend(options.suspend())
                .withNewJobTemplate()
                // By these labels the runs are found, also those that somebody starts by hand.
                .withNewMetadata()
                .withLabels(Marks.labels(unikernel))
                .endMetadata()
                .withSpec(spec(template, options))
                .endJobTemplate()
                .endSpec()
                .build();
    }

    private static JobSpec spec(PodTemplateSpec template, JobOptions options) {
        return new JobSpecBuilder()
                .withCompletions(options.completions())
                .withParallelism(options.parallelism())
                .withBackoffLimit(RunFailures.backoffLimit(template, options))
                .withActiveDeadlineSeconds(toLong(options.activeDeadlineSeconds()))
                .withTtlSecondsAfterFinished(options.ttlSecondsAfterFinished())
                .withPodFailurePolicy(RunFailures.policy(template, options))
                .withTemplate(template)
                .build();
    }

    private static @Nullable String nameOf(@Nullable ConcurrencyPolicy policy) {
        return policy == null ? null : policy.name();
    }

    private static @Nullable Long toLong(@Nullable Integer value) {
        return value == null ? null : value.longValue();
    }
}

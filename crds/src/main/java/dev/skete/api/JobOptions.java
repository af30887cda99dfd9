package dev.skete.api;

import org.jspecify.annotations.Nullable;

/** How a run-to-completion guest is run; the fields are those of batch/v1 Job. */
public record JobOptions(
        @Nullable Integer completions,
        @Nullable Integer parallelism,
        @Nullable Integer backoffLimit,
        @Nullable Integer activeDeadlineSeconds,
        @Nullable Integer ttlSecondsAfterFinished) {}

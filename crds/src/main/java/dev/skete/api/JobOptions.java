package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How a run-to-completion guest is run; the fields are those of batch/v1 Job. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobOptions(
        @JsonPropertyDescription("How many guests must succeed. Cannot be changed.")
        @Default("" + Defaults.COMPLETIONS)
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer completions,

        @JsonPropertyDescription("How many guests run at a time.")
        @Default("" + Defaults.PARALLELISM)
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer parallelism,

        @JsonPropertyDescription("How many failures are retried before the Unikernel counts as failed.")
        @Default("" + Defaults.BACKOFF_LIMIT)
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer backoffLimit,

        @JsonPropertyDescription("Seconds the whole run may take before it is ended and counts as failed.")
        @Min(1) @Max(Integer.MAX_VALUE) @Nullable Integer activeDeadlineSeconds,

        @JsonPropertyDescription("Seconds after the end until the Job and its pods are removed.")
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer ttlSecondsAfterFinished) {}

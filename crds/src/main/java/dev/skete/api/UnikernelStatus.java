package dev.skete.api;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Skete saw, aggregated from the children and their pods. */
public record UnikernelStatus(
        @Nullable Long observedGeneration,
        @Nullable List<Condition> conditions,
        @Nullable Integer replicas,
        @Nullable Integer readyReplicas,
        @Nullable String selector,
        @Nullable String endpoint,
        @Nullable Accelerator accelerator,
        @Nullable List<GuestStatus> guests) {}

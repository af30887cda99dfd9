package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.skete.api.schema.ListType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Skete saw, aggregated from the children and their pods. */
@JsonClassDescription("What Skete saw, gathered from the children and their pods.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UnikernelStatus(
        @JsonPropertyDescription(
                "The generation of the Unikernel that this status is about; an older one is yet to be looked at.")
        @Nullable Long observedGeneration,

        @JsonPropertyDescription(
                "Ready, Reconciling, Stalled and Accelerated, and for run-to-completion guests Complete and Failed; each with a stable reason and a sentence.")
        @ListType(value = ListType.Kind.MAP, keys = "type")
        @Nullable List<Condition> conditions,

        @JsonPropertyDescription("Guests that exist.") @StatusReplicas @Nullable Integer replicas,

        @JsonPropertyDescription("Guests that are ready to serve.") @Nullable Integer readyReplicas,

        @JsonPropertyDescription("Label selector of the guest's pods, for kubectl scale and autoscalers.")
        @LabelSelector
        @Nullable String selector,

        @JsonPropertyDescription("Where the Service answers inside the cluster: host and port.") @Nullable String endpoint,

        @JsonPropertyDescription("What executes the guests now.") @Nullable Accelerator accelerator,

        @JsonPropertyDescription("The guests one by one.") @ListType(value = ListType.Kind.MAP, keys = "pod") @Nullable List<GuestStatus> guests) {}

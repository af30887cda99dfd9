package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What the VMM itself needs beside the guest's memory and CPU. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Overhead(
        @JsonPropertyDescription("Memory of the VMM, added to the pod's request and limit.")
        @Default(Defaults.OVERHEAD_MEMORY)
        @ValidationRule(value = Cel.IS_QUANTITY, message = "memory must be a quantity such as 32Mi")
        @ValidationRule(value = Cel.IS_NOT_NEGATIVE, message = "memory must not be negative; 0 adds nothing")
        @Nullable Quantity memory,

        @JsonPropertyDescription("CPU time of the VMM, added to the pod's request.")
        @Default(Defaults.OVERHEAD_CPU)
        @ValidationRule(value = Cel.IS_QUANTITY, message = "cpu must be a quantity such as 20m")
        @ValidationRule(value = Cel.IS_NOT_NEGATIVE, message = "cpu must not be negative; 0 adds nothing")
        @Nullable Quantity cpu) {}

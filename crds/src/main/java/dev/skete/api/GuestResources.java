package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What the guest sees; the runtime's overhead for the VMM is added to the pod on top. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuestResources(
        @JsonPropertyDescription(
                "Memory of the virtual machine, in whole mebibytes. The pod's limit is this and the runtime's overhead.")
        @Default(Defaults.MEMORY)
        @ValidationRule(value = Cel.IS_QUANTITY, message = "memory must be a quantity such as 64Mi or 1Gi")
        @ValidationRule(
                value = "!isQuantity(string(self)) || (quantity(string(self)).isInteger()"
                        + " && quantity(string(self)).asInteger() % 1048576 == 0"
                        + " && quantity(string(self)).asInteger() >= 1048576"
                        + " && quantity(string(self)).asInteger() <= 1099511627776)",
                message = "memory must be whole mebibytes from 1Mi to 1Ti: write 64Mi, not 64M or 64")
        @Nullable Quantity memory,

        @JsonPropertyDescription("Virtual CPUs, 1 to 255.") @Default("" + Defaults.CPUS) @Min(1) @Max(255) @Nullable Integer cpus,

        @JsonPropertyDescription(
                "CPU time the scheduler reserves for the guest; it may use more when the node has it to spare.")
        @Default(Defaults.CPU_REQUEST)
        @ValidationRule(value = Cel.IS_QUANTITY, message = "cpuRequest must be a quantity such as 50m or 1")
        @ValidationRule(value = Cel.IS_NOT_NEGATIVE, message = "cpuRequest must not be negative; 0 reserves nothing")
        @Nullable Quantity cpuRequest) {}

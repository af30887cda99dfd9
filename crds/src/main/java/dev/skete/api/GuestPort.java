package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A port the guest listens on and its Service offers. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuestPort(
        @JsonPropertyDescription("Name of the port, unique in the list; probes and Ingresses may refer to it.")
        @Required
        @ValidationRule(
                value =
                        "self.matches('^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$') && self.matches('[a-z]') && !self.contains('--')",
                message =
                        "a port's name must have at most 15 lowercase letters, digits and single '-', and at least one letter")
        @Size(max = 63) String name,

        @JsonPropertyDescription("Port that the Service offers, 1 to 65535.") @Required @Min(1) @Max(65535) Integer port,

        @JsonPropertyDescription("Port that the guest listens on, 1 to 65535. Without it: port.")
        @Min(1) @Max(65535) @Nullable Integer targetPort,

        @JsonPropertyDescription("Transport protocol.") @Default("TCP") @Nullable Protocol protocol) {
    /** Transport protocol of a port. */
    public enum Protocol {
        TCP,
        UDP
    }
}

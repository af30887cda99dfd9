package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.skete.api.schema.ItemRule;
import dev.skete.api.schema.ListType;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How failed guests count; the fields are those of batch/v1 Job, and exit codes are the guest's own. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodFailurePolicy(
        @JsonPropertyDescription(
                "The first rule that fits a failed guest decides; without one that fits, it counts against backoffLimit, unless its node is to blame.")
        @ListType(ListType.Kind.ATOMIC)
        @ItemRule(
                value = "has(self.onExitCodes) != has(self.onPodConditions)",
                message = "a rule needs exactly one of onExitCodes and onPodConditions")
        @Required
        @Size(min = 1, max = 17) List<Rule> rules) {

    /** One rule. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rule(
            @JsonPropertyDescription(
                    "FailJob ends the whole run, Ignore starts another guest and does not count, Count counts against backoffLimit.")
            @Required
            Action action,

            @JsonPropertyDescription("Fits by the guest's exit code.") @Nullable ExitCodes onExitCodes,

            @JsonPropertyDescription("Fits by a condition of the guest's pod, such as DisruptionTarget.")
            @ListType(ListType.Kind.ATOMIC)
            @Size(min = 1, max = 20) @Nullable List<PodConditionMatch> onPodConditions) {}

    /** Exit codes that a rule fits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ExitCodes(
            @JsonPropertyDescription("Whether the guest's exit code must be one of values, or none of them.") @Required
            Operator operator,

            @JsonPropertyDescription("Exit codes, 0 to 255; 0 only with NotIn.")
            @ListType(ListType.Kind.ATOMIC)
            @ItemRule(value = "self >= 0 && self <= 255", message = "an exit code must be 0 to 255")
            @Required
            @ValidationRule(
                    value = "self.all(v, self.exists_one(w, w == v))",
                    message = "values must not name an exit code twice")
            @Size(min = 1, max = 255) List<Integer> values) {}

    /** A pod condition that a rule fits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PodConditionMatch(
            @JsonPropertyDescription("The condition's type.") @Required @Size(max = 316) String type,

            @JsonPropertyDescription("The condition's status: True, False or Unknown. Without it: True.")
            @ValidationRule(
                    value = "self in ['True', 'False', 'Unknown']",
                    message = "status must be True, False or Unknown")
            @Size(max = 16) @Nullable String status) {}

    /** What a rule does with a failure. */
    public enum Action {
        FailJob,
        Ignore,
        Count
    }

    /** How exit codes are compared. */
    public enum Operator {
        In,
        NotIn
    }
}

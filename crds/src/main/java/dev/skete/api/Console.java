package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.skete.api.schema.ListType;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a family's guests say on the console that the VMM does not tell: virtual machines have no exit code of their own. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Console(
        @JsonPropertyDescription(
                "Text before the guest's own exit code, such as 'exit status '. The last such line counts, and only when exitCodes says that the guest failed; a negative number becomes 255.")
        @ValidationRule(value = Cel.ONE_ASCII_LINE, message = "exitStatus must be printable ASCII on one line")
        @Size(min = 3, max = 128) @Nullable String exitStatus,

        @JsonPropertyDescription("Lines that mean that the guest is lost, even if its virtual machine lives on.")
        @ListType(value = ListType.Kind.MAP, keys = "text")
        @Size(max = 16) @Nullable List<Failure> failures) {

    /** A line that means that the guest is lost. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(
            @JsonPropertyDescription("A line of the console that contains this text ends the guest.")
            @Required
            @ValidationRule(value = Cel.ONE_ASCII_LINE, message = "text must be printable ASCII on one line")
            @Size(min = 3, max = 128) String text,

            @JsonPropertyDescription("What it means.") @Required
            FailureReason reason,

            @JsonPropertyDescription("The exit code that the guest's container gets, 1 to 125.")
            @Required
            @Min(1) @Max(125) Integer exitCode) {}
}

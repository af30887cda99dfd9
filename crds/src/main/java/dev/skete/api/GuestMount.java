package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A volume whose files the guest can read. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuestMount(
        @JsonPropertyDescription("Name of one of volumes.") @Required @Size(max = 63) String name,

        @JsonPropertyDescription(
                "Where the guest finds the files: a path of the guest's own, or part of a name, as the runtime's files says.")
        @Required
        @ValidationRule(value = Boot.IS_PATH, message = "mountPath" + Boot.PATH_MESSAGE)
        @Size(max = 256) String mountPath) {}

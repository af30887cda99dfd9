package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where one Unikernel's image keeps the files that its runtime expects elsewhere. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!(has(self.kernel) && has(self.disk))",
        message = "boot has a kernel and a disk: a machine boots from one of them, remove the other")
public record BootOverride(
        @JsonPropertyDescription("Absolute path of the file the machine boots.")
        @ValidationRule(value = Boot.IS_PATH, message = "kernel" + Boot.PATH_MESSAGE)
        @Size(max = 1024) @Nullable String kernel,

        @JsonPropertyDescription("Absolute path of the initial RAM disk, or of the application that a loader starts.")
        @ValidationRule(value = Boot.IS_PATH, message = "initrd" + Boot.PATH_MESSAGE)
        @Size(max = 1024) @Nullable String initrd,

        @JsonPropertyDescription("Absolute path of the disk image the machine boots.")
        @ValidationRule(value = Boot.IS_PATH, message = "disk" + Boot.PATH_MESSAGE)
        @Size(max = 1024) @Nullable String disk) {}

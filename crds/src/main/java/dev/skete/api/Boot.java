package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Absolute paths, inside the user's image, of what the VMM loads. QEMU splits -initrd at commas and spaces, so paths have none. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.kernel) != has(self.disk)",
        message = "boot needs exactly one of kernel and disk: the file the machine boots")
public record Boot(
        @JsonPropertyDescription(
                "Absolute path of the file the machine boots: the guest itself, or its family's loader.")
        @ValidationRule(value = Boot.IS_PATH, message = "kernel" + Boot.PATH_MESSAGE)
        @Size(max = 1024) @Nullable String kernel,

        @JsonPropertyDescription(
                "Absolute path of the file the loader finds as its initial RAM disk: for families with a loader, the guest.")
        @ValidationRule(value = Boot.IS_PATH, message = "initrd" + Boot.PATH_MESSAGE)
        @Size(max = 1024) @Nullable String initrd,

        @JsonPropertyDescription(
                "Absolute path of the disk image the machine boots, in QEMU's raw format. What the guest writes to it is gone when it ends.")
        @ValidationRule(value = Boot.IS_PATH, message = "disk" + Boot.PATH_MESSAGE)
        @Size(max = 1024) @Nullable String disk) {

    static final String IS_PATH = "self.matches('^(/[A-Za-z0-9._+@=-]+)+$') && !self.matches('/[.][.]?(/|$)')";
    static final String PATH_MESSAGE = " must be an absolute path inside the image, without '.' and '..' parts,"
            + " made of letters, digits and ._+@=- only: rename the file in the image";
}

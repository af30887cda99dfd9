package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A volume that the guest gets as a disk. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuestDevice(
        @JsonPropertyDescription(
                "Name of one of volumes, a persistentVolumeClaim of volumeMode Block. The disk's serial number is this name.")
        @Required
        @Size(max = 63) String name) {}

package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One guest. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuestStatus(
        @JsonPropertyDescription("Name of the guest's pod.") @Required
        String pod,

        @JsonPropertyDescription("Node the guest runs on.") @Nullable String node,

        @JsonPropertyDescription("Address of the pod, which is the guest's own.") @Nullable String ip,

        @JsonPropertyDescription("What the guest does.") @Required
        GuestState state,

        @JsonPropertyDescription("How the guest last ended, after the runtime's exitCodes.") @Nullable Integer exitCode,

        @JsonPropertyDescription("How often the guest was started again in its pod.") @Nullable Integer restarts) {}

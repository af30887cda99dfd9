package dev.skete.api;

import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What the guest sees; the runtime's overhead for the VMM is added to the pod on top. */
public record GuestResources(
        @Nullable Quantity memory,
        @Nullable Integer cpus,
        @Nullable Quantity cpuRequest) {}

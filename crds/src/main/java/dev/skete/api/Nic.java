package dev.skete.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The guest's network device. */
public record Nic(
        NicModel model,
        @Nullable Map<String, String> options,
        @Nullable VnetHeader vnetHeader) {}

package dev.skete.api;

import org.jspecify.annotations.Nullable;

/** One guest. */
public record GuestStatus(
        String pod,
        @Nullable String node,
        @Nullable String ip,
        GuestState state,
        @Nullable Integer exitCode,
        @Nullable Integer restarts) {}

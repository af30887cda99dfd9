package dev.skete.api;

import org.jspecify.annotations.Nullable;

/** A port the guest listens on and its Service offers. */
public record GuestPort(
        String name,
        Integer port,
        @Nullable Integer targetPort,
        @Nullable Protocol protocol) {
    /** Transport protocol of a port. */
    public enum Protocol {
        TCP,
        UDP
    }
}

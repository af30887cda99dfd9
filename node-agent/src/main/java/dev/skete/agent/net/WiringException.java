package dev.skete.agent.net;

import org.jspecify.annotations.Nullable;

/** A pod's network that cannot be given to its guest; the message says why and what to do. */
public final class WiringException extends Exception {
    private final WiringReason reason;

    WiringException(WiringReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public WiringReason reason() {
        return reason;
    }
}

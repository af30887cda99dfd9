package dev.skete.agent.refusal;

import org.jspecify.annotations.Nullable;

/** A launch cannot go on, for a reason its owner can understand. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(RefusalReason reason, String text) {
        this(reason, text, null);
    }

    public RefusedException(RefusalReason reason, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.refusal = new Refusal(reason, text);
    }

    public Refusal refusal() {
        return refusal;
    }
}

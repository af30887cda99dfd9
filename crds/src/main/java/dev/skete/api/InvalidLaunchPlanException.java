package dev.skete.api;

import org.jspecify.annotations.Nullable;

/** A text is not a launch plan this code can read. The message is one sentence for the person who owns the guest. */
public final class InvalidLaunchPlanException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    InvalidLaunchPlanException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** What is wrong with the text. */
    public enum Problem {
        NOT_JSON,
        /** The operator is of a newer release than the node agent, and its plans are others. */
        UNKNOWN_VERSION,
        /** The operator is of a newer release than the node agent, and the guest uses something new. */
        UNKNOWN_FIELD,
        MISSING_FIELD,
        BAD_VALUE
    }
}

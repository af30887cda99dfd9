package dev.skete.operator.unikernel.status;

import dev.skete.api.ConditionReason;

/** One reason and one sentence for a person, which names the remedy where there is one. */
public record Verdict(ConditionReason reason, String message) {
    /** The API allows 32 KiB; a person reads less. */
    private static final int LONGEST_MESSAGE = 1000;

    public Verdict {
        message = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }

    Verdict plus(String sentence) {
        return new Verdict(reason, message + " " + sentence);
    }
}

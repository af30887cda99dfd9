package dev.skete.operator.unikernel.status;

import dev.skete.api.ConditionReason;
import java.util.regex.Pattern;

/** One reason and one sentence for a person, which names the remedy where there is one. */
public record Verdict(ConditionReason reason, String message) {
    /** The API allows 32 KiB; a person reads less. */
    private static final int LONGEST_MESSAGE = 1000;

    private static final Pattern ENDS = Pattern.compile("[.!?:…]\\s*$");

    public Verdict {
        message = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }

    /** With another sentence; what others said, which may end the message, may lack its full stop. */
    Verdict plus(String sentence) {
        return new Verdict(reason, message + (ENDS.matcher(message).find() ? " " : ". ") + sentence);
    }
}

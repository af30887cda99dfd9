package dev.skete.agent.refusal;

import java.util.regex.Pattern;

/** Text that a workload had a hand in, for a pod's condition, an event or a log line. */
public final class OneLine {
    /** The longest text that is kept, in UTF-16 units: the API server takes conditions of 32 KiB, and nobody reads that. */
    static final int LIMIT = 1024;

    /** Controls (C0 and C1), what turns text around or hides it, line separators, and halves of a pair: none belongs on a terminal. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Cn}]");

    private OneLine() {}

    /** The text with a question mark for whatever is not printable, cut where it is too long. */
    public static String of(String text) {
        var start = text.length() <= LIMIT ? text : text.substring(0, LIMIT - 1) + "…";
        return UNPRINTABLE.matcher(start).replaceAll("?");
    }
}

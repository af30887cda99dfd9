package dev.skete.agent.refusal;

/**
 * One refused launch.
 *
 * @param reason what kind of refusal it is
 * @param text one line for a human, with the remedy; it may quote what the workload sent, so control characters are replaced
 */
public record Refusal(RefusalReason reason, String text) {

    /** The longest text that is kept: it ends in a pod condition and in a log line. */
    static final int MAX_TEXT = 1024;

    public Refusal {
        text = oneLine(text);
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT - 1) + "…";
    }
}

package dev.skete.agent.refusal;

/**
 * One refused launch.
 *
 * @param reason what kind of refusal it is
 * @param text one line for a human, with the remedy; it may quote what the workload sent, so control characters are replaced
 */
public record Refusal(RefusalReason reason, String text) {

    public Refusal {
        text = OneLine.of(text);
    }
}

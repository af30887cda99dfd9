package dev.skete.agent.report;

import dev.skete.api.GuestReason;

/** What the guest's pod condition should say. */
public record GuestCondition(Status status, GuestReason reason, String message) {
    /** A condition's truth, as Kubernetes spells it. */
    public enum Status {
        True,
        False,
        Unknown
    }
}

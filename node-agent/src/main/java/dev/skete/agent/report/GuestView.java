package dev.skete.agent.report;

import dev.skete.agent.report.GuestCondition.Status;
import dev.skete.api.GuestReason;
import dev.skete.api.GuestState;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one guest: a pure function of the facts seen so far.
 *
 * @param condition what to tell its owner; null while there is nothing to tell yet
 */
public record GuestView(GuestState state, @Nullable GuestCondition condition) {

    /** A guest of which nothing was seen. */
    public static final GuestView UNSEEN = new GuestView(GuestState.Unknown, null);

    /** The view after one more fact. The first reason for an end stays: what follows it only adds the exit status. */
    public GuestView after(GuestFact fact) {
        return switch (fact) {
            case GuestFact.Launching _ -> new GuestView(GuestState.Starting, condition);
            // One that an earlier agent started: it ran before, and its monitor says within a second if it does not.
            case GuestFact.VmmStarted _ ->
                state == GuestState.Unknown ? new GuestView(GuestState.Running, condition) : this;
            case GuestFact.VmmStartedUnmonitored _ ->
                hasEnded()
                        ? this
                        : new GuestView(
                                GuestState.Running,
                                new GuestCondition(
                                        Status.True,
                                        GuestReason.Running,
                                        "The VMM runs; it cannot be asked how its guest is."));
            case GuestFact.Refused(var refusal) ->
                failed(GuestReason.Refused, "The launch was refused: " + refusal.text());
            case GuestFact.NotStarted(var why) ->
                failed(GuestReason.BootFailed, meaning(GuestReason.BootFailed) + ": " + why + ".");
            case GuestFact.RunStateSeen(var seen) -> afterRunState(seen);
            case GuestFact.FailureOnConsole(var reason, var line) ->
                failed(reason, meaning(reason) + ": \"%s\".".formatted(line));
            case GuestFact.Panicked _ -> panicked();
            case GuestFact.ShutDown(var cause) -> hasEnded() ? this : ended(cause);
            case GuestFact.Exited(var status) -> afterExit(status);
            case GuestFact.Lost _ ->
                hasEnded()
                        ? this
                        : failed(
                                GuestReason.VmmExited,
                                "The guest's container was killed; it may have run out of memory.");
        };
    }

    private GuestView afterRunState(RunState seen) {
        return switch (seen) {
            case RUNNING ->
                hasEnded() // its console was quicker than its VMM
                        ? this
                        : new GuestView(
                                GuestState.Running,
                                new GuestCondition(Status.True, GuestReason.Running, "The guest runs."));
            case PAUSED ->
                hasEnded()
                        ? this
                        : new GuestView(
                                GuestState.Paused,
                                new GuestCondition(Status.False, GuestReason.Paused, "The guest is paused."));
            case INTERNAL_ERROR ->
                failed(
                        GuestReason.InternalError,
                        "The hypervisor could not go on with the guest (internal error); see the pod's log.");
            case PANICKED -> panicked();
            case SHUT_DOWN -> hasEnded() ? this : ended("shutdown");
        };
    }

    /** The console's line, if there was one, says more. */
    private GuestView panicked() {
        return hasEnded() && condition != null && condition.reason() == GuestReason.GuestPanicked
                ? this
                : failed(GuestReason.GuestPanicked, "The guest panicked.");
    }

    private GuestView ended(String cause) {
        return cause.equals("guest-reset")
                ? failed(GuestReason.Reset, "The guest reset its machine.")
                : failed(GuestReason.ShutDown, "The guest's machine stopped (%s).".formatted(cause));
    }

    private static String meaning(GuestReason reason) {
        return switch (reason) {
            case BootFailed -> "The guest did not boot";
            case Reset -> "The guest reset its machine";
            default -> "The guest panicked";
        };
    }

    private GuestView afterExit(int status) {
        var end = status == 0 ? GuestState.Succeeded : GuestState.Failed;
        var message = condition != null && hasEnded()
                ? condition.message() + " Exit status " + status + "."
                : "The VMM ended with exit status %d.".formatted(status);
        var reason = condition != null && hasEnded() ? condition.reason() : GuestReason.VmmExited;
        return new GuestView(end, new GuestCondition(Status.False, reason, message));
    }

    private GuestView failed(GuestReason reason, String message) {
        return new GuestView(GuestState.Failed, new GuestCondition(Status.False, reason, message));
    }

    private boolean hasEnded() {
        return state == GuestState.Failed || state == GuestState.Succeeded;
    }
}

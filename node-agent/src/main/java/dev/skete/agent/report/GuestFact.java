package dev.skete.agent.report;

import dev.skete.agent.refusal.OneLine;
import dev.skete.agent.refusal.Refusal;
import dev.skete.api.GuestReason;

/** One thing that was seen of a guest: by the launch server, or in what its VMM says. */
public sealed interface GuestFact {

    /** The launcher was given its command. */
    record Launching() implements GuestFact {}

    /** The launch was refused. */
    record Refused(Refusal refusal) implements GuestFact {}

    /** The VMM process exists: just started, or found running after the agent restarted. */
    record VmmStarted() implements GuestFact {}

    /** As {@link VmmStarted}, but of a VMM without a monitor: nothing more will be heard of the guest while it runs. */
    record VmmStartedUnmonitored() implements GuestFact {}

    /**
     * The launcher did not start the VMM.
     *
     * @param reason what it says of why
     */
    record NotStarted(String reason) implements GuestFact {
        public NotStarted {
            reason = OneLine.of(reason);
        }
    }

    /** The VMM says whether the guest's processors run. */
    record RunStateSeen(RunState state) implements GuestFact {}

    /**
     * The guest's console said that the guest is lost.
     *
     * @param reason what the runtime says the line means: GuestPanicked, BootFailed or Reset
     * @param line as the guest wrote it, without escape sequences
     */
    record FailureOnConsole(GuestReason reason, String line) implements GuestFact {
        public FailureOnConsole {
            line = OneLine.of(line);
        }
    }

    /** The guest told the VMM that it panicked. */
    record Panicked() implements GuestFact {}

    /**
     * The guest's machine stopped for good.
     *
     * @param cause QEMU's ShutdownCause, such as {@code guest-shutdown}
     */
    record ShutDown(String cause) implements GuestFact {
        public ShutDown {
            cause = OneLine.of(cause);
        }
    }

    /**
     * The VMM process ended.
     *
     * @param status what the container's exit status will be, after the exit table
     */
    record Exited(int status) implements GuestFact {}

    /** The launcher went away without a word: its container was killed. */
    record Lost() implements GuestFact {}
}

package dev.skete.operator.unikernel;

import dev.skete.operator.unikernel.status.Verdict;

/** A child cannot be what it should be until somebody changes something: trying again at once is of no use. */
final class ChildRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Verdict verdict;

    ChildRefusedException(Verdict verdict) {
        super(verdict.message());
        this.verdict = verdict;
    }

    ChildRefusedException(Verdict verdict, Throwable cause) {
        super(verdict.message(), cause);
        this.verdict = verdict;
    }

    Verdict verdict() {
        return verdict;
    }
}

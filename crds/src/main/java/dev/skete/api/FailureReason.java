package dev.skete.api;

/** What a line on the console can tell of a guest that is lost. */
public enum FailureReason {
    /** The guest panicked. */
    GuestPanicked,
    /** The guest did not come up. */
    BootFailed,
    /** The guest resets its machine, and that is no success. */
    Reset
}

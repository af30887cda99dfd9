package dev.skete.operator.unikernel.status;

/** Reasons of the conditions Ready, Reconciling and Stalled; part of the API. Of several problems the one declared first is reported. */
public enum Reason {
    // What the operator itself cannot get past.
    RuntimeNotFound(Kind.STALLED),
    UnknownVMM(Kind.STALLED),
    NameConflict(Kind.STALLED),
    ChildRefused(Kind.STALLED),

    // What a guest's pod cannot get past.
    InvalidImageName(Kind.STALLED),
    ImagePullFailed(Kind.STALLED),
    ConfigurationMissing(Kind.STALLED),
    LaunchRefused(Kind.STALLED),
    OutOfMemory(Kind.STALLED),
    GuestPanicked(Kind.STALLED),
    VMMInternalError(Kind.STALLED),
    GuestFailing(Kind.STALLED),
    GuestEnds(Kind.STALLED),
    ContainerNotStarted(Kind.STALLED),
    PodsRefused(Kind.STALLED),
    NoNodeOffersAccelerator(Kind.STALLED),
    Unschedulable(Kind.STALLED),
    WaitingForAgent(Kind.TROUBLED),
    PodFailed(Kind.TROUBLED),

    // No problem, only not there yet.
    Creating(Kind.PROGRESSING),
    RollingOut(Kind.PROGRESSING),
    Starting(Kind.PROGRESSING),

    // There.
    GuestsReady(Kind.READY),
    ScaledToZero(Kind.READY),
    JobRunning(Kind.READY),
    JobSuspended(Kind.READY),
    JobComplete(Kind.READY),
    JobFailed(Kind.STALLED);

    /** What a reason means for a person who waits. */
    public enum Kind {
        /** Needs somebody to do something. */
        STALLED,
        /** May get over it by itself, and somebody may want to look. */
        TROUBLED,
        /** Gets there by itself. */
        PROGRESSING,
        READY
    }

    private final Kind kind;

    Reason(Kind kind) {
        this.kind = kind;
    }

    /** What the reason means for a person who waits. */
    public Kind kind() {
        return kind;
    }
}

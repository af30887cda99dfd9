package dev.skete.api;

/** Reasons of the pod condition {@value #CONDITION_TYPE}, which the node agent writes; its events use them too. */
public enum GuestReason {
    /** The guest runs. */
    Running,
    /** The guest is stopped for now and can be resumed. */
    Paused,
    /** The node agent refused the launch; the message says why. */
    Refused,
    /** The VMM ended. */
    VmmExited,
    /** The guest told the VMM that it panicked. */
    GuestPanicked,
    /** The guest did not come up: its console said so, or its image lacks what it boots. */
    BootFailed,
    /** The VMM stopped the guest because it cannot go on, as after a KVM internal error. */
    InternalError,
    /** The guest shut its machine down. */
    ShutDown,
    /** The guest reset its machine, which ends it: starting again is Kubernetes' business. */
    Reset;

    /** Type of the pod condition. */
    public static final String CONDITION_TYPE = "skete.dev/GuestRunning";
}

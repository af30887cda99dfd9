package dev.skete.api;

/** Reasons of the pod condition skete.dev/GuestRunning. */
public enum GuestReason {
    Running,
    Paused,
    Refused,
    VmmExited,
    GuestPanicked,
    InternalError,
    ShutDown
}

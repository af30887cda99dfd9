package dev.skete.api;

/** State of one guest as the node agent and the kubelet see it. */
public enum GuestState {
    Pending,
    Starting,
    Running,
    Paused,
    Succeeded,
    Failed,
    Unknown
}

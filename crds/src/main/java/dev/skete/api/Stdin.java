package dev.skete.api;

/** Whether the guest's serial console takes input from kubectl attach. */
public enum Stdin {
    Closed,
    Open
}

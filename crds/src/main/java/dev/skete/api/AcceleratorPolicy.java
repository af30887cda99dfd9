package dev.skete.api;

/** What may execute the guest's instructions: Auto takes KVM where a node offers it and emulation otherwise. */
public enum AcceleratorPolicy {
    Auto,
    KVM,
    Emulation
}

package dev.skete.api;

/** What executes the guest's instructions. */
public enum Accelerator {
    KVM,
    Emulation
}

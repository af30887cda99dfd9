package dev.skete.api;

/** QEMU machine types Skete offers. */
public enum MachineType {
    microvm,
    q35,
    pc
}

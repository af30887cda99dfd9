package dev.skete.api;

/** How a guest is asked to stop: by the ACPI power button, or not at all. */
public enum Shutdown {
    None,
    ACPI
}

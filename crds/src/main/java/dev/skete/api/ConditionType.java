package dev.skete.api;

/**
 * Types of a Unikernel's conditions. {@link #Reconciling} and {@link #Stalled} mean what kstatus, Flux and Argo CD take them to mean, and
 * are absent unless true.
 */
public enum ConditionType {
    /** True when every wanted guest serves; for a run-to-completion Unikernel, when it runs or has completed. */
    Ready,
    /** True while the cluster is on its way to what the spec says. */
    Reconciling,
    /** True when there will be no progress until a person changes something; the message says what. */
    Stalled,
    /** Whether KVM executes the guests; False means emulation, and the reason says why. */
    Accelerated,
    /** True when a run-to-completion Unikernel has succeeded. */
    Complete,
    /** True when a run-to-completion Unikernel has failed for good. */
    Failed
}

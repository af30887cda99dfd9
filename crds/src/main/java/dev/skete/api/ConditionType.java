package dev.skete.api;

/** Types of a Unikernel's conditions. */
public enum ConditionType {
    Ready,
    Reconciling,
    Stalled,
    Accelerated,
    Complete,
    Failed
}

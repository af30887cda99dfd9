package dev.skete.api;

/** What happens when the guest ends: Always makes a Deployment, the others a Job. */
public enum RestartPolicy {
    Always,
    OnFailure,
    Never
}

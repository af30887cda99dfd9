package dev.skete.e2e.controlplane;

/** Which of Kubernetes' own controllers run beside the API server. */
public enum Controllers {
    /** None: what a test creates stays as it is. */
    NONE,
    /** Those that turn Deployments and Jobs into pods, delete children after their owners, empty deleted namespaces, count quota, and
     * gather what roles are aggregated of. */
    WORKLOADS
}

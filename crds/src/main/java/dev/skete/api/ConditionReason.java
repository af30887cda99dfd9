package dev.skete.api;

/** Reasons in a Unikernel's conditions. Their names are part of the API: people and alerts match on them. */
public enum ConditionReason {
    // Ready
    /** Every wanted guest is ready. */
    AllGuestsReady,
    /** The spec asks for no guests. */
    ScaledToZero,
    /** Guests of a run-to-completion Unikernel are running. */
    Running,
    /** A run-to-completion Unikernel succeeded as often as asked. */
    Completed,

    /** A run-to-completion Unikernel waits for its schedule's next time. */
    Scheduled,

    // Ready=False and Reconciling=True: it will pass
    /** Children are created or rolled, or guests start. */
    Progressing,
    /** No node has room, or none fits the placement rules. */
    Unschedulable,
    /** Guests wait for a node agent: none runs on their node, or it does not report. */
    AgentUnavailable,
    /** A guest is on a node that is not ready, or is not heard of; Kubernetes replaces it if that lasts. */
    NodeNotReady,
    /** A node ended a guest's pod, for example to free memory; another takes its place. */
    PodFailed,
    /** A run-to-completion Unikernel's Job is suspended. */
    Suspended,

    // Stalled=True: a person must act
    /** spec.runtime names no UnikernelRuntime. */
    RuntimeNotFound,
    /** The UnikernelRuntime contradicts itself or this Unikernel. */
    RuntimeInvalid,
    /** The UnikernelRuntime wants a VMM that the node agents do not know. */
    UnknownVmm,
    /** Variables from a Secret would be on the VMM's command line, and spec.secretsOnCommandLine does not allow it. */
    SecretOnCommandLine,
    /** No node offers the accelerator that the spec insists on. */
    NoNodeWithAccelerator,
    /** An object of the Unikernel's name exists that is not its own. */
    NameConflict,
    /** The API server refused a child, for example for a quota or an admission policy. */
    ChildRefused,
    /** The rollout made no progress within its deadline. */
    ProgressDeadlineExceeded,

    // Ready=False: what the guests' pods say
    /** The image cannot be pulled. */
    ImagePullFailed,
    /** The image's name is malformed. */
    InvalidImage,
    /** A ConfigMap or Secret that env or envFrom refers to is not there. */
    ConfigurationMissing,
    /** A volume cannot be mounted: what it refers to is missing, or the node cannot reach it. */
    VolumeUnavailable,
    /** The node could not start the guest's container. */
    ContainerNotStarted,
    /** The node agent refused to launch a guest; its text is in the message. */
    LaunchRefused,
    /** A guest ends again and again soon after its start. */
    GuestCrashLooping,
    /** A guest panicked. */
    GuestPanicked,
    /** A guest did not come up: its console said so, or its image lacks what it boots. */
    BootFailed,
    /** A guest runs and is still not ready when spec.startupDeadlineSeconds are over. */
    StartupDeadlineExceeded,
    /** The VMM stopped a guest because it cannot go on, as after a KVM internal error. */
    VmmInternalError,
    /** The kernel killed the VMM because it used more memory than guest and overhead. */
    OOMKilled,
    /** A guest ended although it should run always. */
    GuestExited,

    // Failed
    /** A run-to-completion Unikernel failed more often than job.backoffLimit allows. */
    BackoffLimitExceeded,
    /** A run-to-completion Unikernel took longer than job.activeDeadlineSeconds. */
    DeadlineExceeded,
    /** A guest of a run-to-completion Unikernel failed in a way that job.podFailurePolicy takes as final. */
    PodFailurePolicy,

    // Accelerated
    /** KVM executes the guests. */
    KvmAvailable,
    /** Emulation executes the guests, because no node offers KVM and the spec leaves the choice. */
    Emulated,
    /** Emulation executes the guests, because the spec asks for it. */
    EmulationRequested
}

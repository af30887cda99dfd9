package dev.skete.agent.refusal;

/** Every reason the agent refuses a launch for. The names are metric labels, so they are stable. */
public enum RefusalReason {
    /** The peer is not a process of a kubelet-managed pod. */
    NotAPod,
    /** The pod shares the node's network, which a guest must never be wired into. */
    HostNetwork,
    /** The pod, or all pods together, hold more connections than the agent accepts. */
    TooManyConnections,
    /** The launcher broke the launch protocol. */
    BadRequest,
    /** The launch plan is missing, is not JSON, or asks for what cannot be. */
    BadPlan,
    /** The plan was written by an operator newer than this agent. */
    UnsupportedPlanVersion,
    /** The plan names a VMM this agent does not know. */
    UnknownVmm,
    /** The VMM's files are not installed on this node. */
    NoVmmPack,
    /** The plan wants KVM and this node has none that works. */
    KvmMissing,
    /** An argument or variable cannot be carried to this guest. */
    BadArgument,
    /** A mounted file cannot be carried to this guest. */
    BadFile,
    /** The guest's network could not be set up inside the pod. */
    WiringFailed,
    /** A fault in the agent itself. */
    Internal
}

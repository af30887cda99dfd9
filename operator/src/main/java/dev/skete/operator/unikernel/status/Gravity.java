package dev.skete.operator.unikernel.status;

import dev.skete.api.ConditionReason;
import java.util.List;

/** What a reason means for a person who waits for a Unikernel to be ready. */
public enum Gravity {
    /** It is as asked for. */
    READY,
    /** It gets there by itself. */
    PROGRESSING,
    /** It may get there by itself, and somebody may want to look. */
    TROUBLED,
    /** It needs somebody to do something. */
    STALLED;

    /** Of several guests' problems the first is reported: what explains the others, or surely needs a person, comes before what may pass. */
    private static final List<ConditionReason> GUESTS_PROBLEMS = List.of(
            ConditionReason.InvalidImage,
            ConditionReason.ImagePullFailed,
            ConditionReason.ConfigurationMissing,
            ConditionReason.VolumeUnavailable,
            ConditionReason.LaunchRefused,
            ConditionReason.OOMKilled,
            ConditionReason.GuestPanicked,
            ConditionReason.BootFailed,
            ConditionReason.VmmInternalError,
            ConditionReason.GuestCrashLooping,
            ConditionReason.GuestExited,
            ConditionReason.ContainerNotStarted,
            ConditionReason.NodeNotReady,
            ConditionReason.NoNodeWithAccelerator,
            ConditionReason.Unschedulable,
            ConditionReason.AgentUnavailable,
            ConditionReason.StartupDeadlineExceeded,
            ConditionReason.PodFailed);

    /** The gravity of a reason. */
    public static Gravity of(ConditionReason reason) {
        return switch (reason) {
            case AllGuestsReady,
                    ScaledToZero,
                    Running,
                    Completed,
                    Scheduled,
                    KvmAvailable,
                    Emulated,
                    EmulationRequested -> READY;
            case Progressing, Suspended -> PROGRESSING;
            case Unschedulable, VolumeUnavailable, AgentUnavailable, NodeNotReady, PodFailed, StartupDeadlineExceeded ->
                TROUBLED;
            case RuntimeNotFound,
                    RuntimeInvalid,
                    UnknownVmm,
                    SecretOnCommandLine,
                    NoNodeWithAccelerator,
                    NameConflict,
                    ChildRefused,
                    ProgressDeadlineExceeded,
                    ImagePullFailed,
                    InvalidImage,
                    ConfigurationMissing,
                    ContainerNotStarted,
                    LaunchRefused,
                    GuestCrashLooping,
                    GuestPanicked,
                    VmmInternalError,
                    OOMKilled,
                    GuestExited,
                    BackoffLimitExceeded,
                    DeadlineExceeded,
                    PodFailurePolicy,
                    BootFailed -> STALLED;
        };
    }

    static int rank(ConditionReason reason) {
        int place = GUESTS_PROBLEMS.indexOf(reason);
        return place < 0 ? GUESTS_PROBLEMS.size() : place;
    }
}

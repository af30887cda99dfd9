package dev.skete.e2e.bench.exit;

import dev.skete.api.ConditionReason;
import dev.skete.api.ConditionType;
import dev.skete.api.GuestReason;

/**
 * How a run ended, as its owner sees it.
 *
 * @param exitCode of its guest, in the Unikernel's status
 * @param guestReason of the guest's pod condition
 * @param type of the Unikernel's condition that is true: Complete or Failed
 * @param reason of that condition
 * @param message what must stand in that condition's message; what stands there, of an end that was seen
 */
record End(int exitCode, String guestReason, String type, String reason, String message) {

    static End complete(GuestReason guestReason) {
        return new End(0, guestReason.name(), ConditionType.Complete.name(), ConditionReason.Completed.name(), "");
    }

    /** A failure of which the Unikernel's condition says no more than the number. */
    static End failed(int exitCode) {
        return failed(exitCode, GuestReason.VmmExited, "ended with exit code " + exitCode);
    }

    static End failed(int exitCode, GuestReason guestReason, String message) {
        return new End(
                exitCode,
                guestReason.name(),
                ConditionType.Failed.name(),
                ConditionReason.BackoffLimitExceeded.name(),
                message);
    }

    End because(ConditionReason reason) {
        return new End(exitCode, guestReason, type, reason.name(), message);
    }

    boolean isMetBy(End seen) {
        return exitCode == seen.exitCode
                && (guestReason.equals(seen.guestReason) || isOvertaken(seen))
                && type.equals(seen.type)
                && reason.equals(seen.reason)
                && seen.message.contains(message);
    }

    /**
     * QEMU says that it shuts down or resets and is gone at once: its launcher's word can be read first. And a kernel that asked for power-off may
     * go on to a reset before QEMU stops it, as Hermit's does (its {@code shutdown}), of which QEMU tells the last.
     */
    private boolean isOvertaken(End seen) {
        return switch (GuestReason.valueOf(guestReason)) {
            case ShutDown -> seen.hasReason(GuestReason.VmmExited) || seen.hasReason(GuestReason.Reset);
            case Reset -> seen.hasReason(GuestReason.VmmExited);
            default -> false;
        };
    }

    private boolean hasReason(GuestReason reason) {
        return guestReason.equals(reason.name());
    }

    @Override
    public String toString() {
        return "%d, %s, %s (%s)".formatted(exitCode, guestReason, type, reason);
    }
}

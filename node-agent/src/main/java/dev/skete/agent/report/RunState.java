package dev.skete.agent.report;

/** The states of a virtual machine that matter to its owner; QEMU has more. */
public enum RunState {
    RUNNING,
    PAUSED,
    /** KVM gave up on the guest; QEMU stays, paused for ever. */
    INTERNAL_ERROR,
    PANICKED,
    SHUT_DOWN;

    /** Reads QEMU's {@code RunState}, as {@code query-status} answers it. */
    public static RunState ofQemu(String status) {
        return switch (status) {
            case "running" -> RUNNING;
            case "internal-error", "io-error" -> INTERNAL_ERROR;
            case "guest-panicked" -> PANICKED;
            case "shutdown" -> SHUT_DOWN;
            default -> PAUSED;
        };
    }
}

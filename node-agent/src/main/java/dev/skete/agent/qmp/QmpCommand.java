package dev.skete.agent.qmp;

/** The orders the agent gives, as QEMU reads them. */
enum QmpCommand {
    NEGOTIATE("{\"execute\":\"qmp_capabilities\"}"),
    QUERY_STATUS("{\"execute\":\"query-status\"}"),
    /** Presses the machine's power button. */
    POWER_DOWN("{\"execute\":\"system_powerdown\"}"),
    /**
     * Ends QEMU with status 255 by writing to its isa-debug-exit port. {@code quit} would end it with 0, which reads as success, and the
     * agent has no right to kill another user's process.
     */
    FAIL("{\"execute\":\"human-monitor-command\",\"arguments\":{\"command-line\":\"o/b 0xf4 0x7f\"}}");

    private final String line;

    QmpCommand(String json) {
        this.line = json + "\n";
    }

    String line() {
        return line;
    }
}

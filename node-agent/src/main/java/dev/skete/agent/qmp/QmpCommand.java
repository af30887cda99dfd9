package dev.skete.agent.qmp;

/** The orders the agent gives, as QEMU reads them. */
enum QmpCommand {
    NEGOTIATE("{\"execute\":\"qmp_capabilities\"}"),
    QUERY_STATUS("{\"execute\":\"query-status\"}"),
    /** Presses the machine's power button. */
    POWER_DOWN("{\"execute\":\"system_powerdown\"}");

    private final String line;

    QmpCommand(String json) {
        this.line = json + "\n";
    }

    String line() {
        return line;
    }
}

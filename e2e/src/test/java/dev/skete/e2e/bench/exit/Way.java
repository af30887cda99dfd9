package dev.skete.e2e.bench.exit;

/** The ways a guest can end. */
enum Way {
    SUCCESS("returns 0"),
    ONE("exit 1"),
    SEVEN("exit 7"),
    LIKE_A_REFUSAL("exit 125, the launcher's own number for a refusal"),
    ABOVE_127("exit 200"),
    MINUS_ONE("exit -1 (255)"),
    PANIC("panic"),
    RESET("triple fault or reset"),
    POWER_OFF("power-off"),
    GUEST_MEMORY("guest out of memory"),
    WRONG_WORDS("wrong words for its kernel"),
    CONSOLE_RULE("returns 0, its console says that it did not boot"),
    NO_KERNEL("no kernel: QEMU is not started"),
    REFUSED("launch refused"),
    POD_MEMORY("pod out of memory"),
    KILLED("QEMU killed (SIGKILL)"),
    DELETED("pod deleted (SIGTERM)"),
    DEADLINE("activeDeadlineSeconds (SIGTERM)");

    private final String title;

    Way(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}

package dev.skete.e2e.bench.exit;

import dev.skete.api.ConditionReason;
import dev.skete.api.GuestReason;
import dev.skete.e2e.Family;
import dev.skete.e2e.bench.exit.Cell.Impossible;
import dev.skete.e2e.bench.exit.Cell.Possible;
import dev.skete.e2e.bench.exit.Scenario.Hand;

/** The matrix as it should be. Numbers and words are those of docs/families.md. */
final class Cells {
    private static final String NOT_BOOTED =
            "console: {failures: [{text: no root device, reason: BootFailed, exitCode: 78}]}";
    private static final String TOO_NARROW = "QEMU's status is 2N+3 in one byte: no number above 125 fits";
    /** The port at which shipped guests end is not there, so that they go on to what they do then: a triple fault. */
    private static final String NO_EXIT_PORT = "machine: {exitPort: 1281}";
    /** The initial RAM disk's busybox in the place of its script: the arguments are its command. */
    private static final String BUSYBOX =
            "commandLine: [console=ttyS0, panic=-1, rdinit=/bin/busybox, --, \"${args}\"]";

    private Cells() {}

    static Cell of(Family family, Way way) {
        return switch (way) {
            case NO_KERNEL ->
                run(
                        idle(family).spec("boot: {kernel: /not/there}"),
                        End.failed(126, GuestReason.BootFailed, "the image has no such file"));
            case REFUSED ->
                run(
                        Scenario.with("two words").on("quoting: None"),
                        End.failed(125, GuestReason.Refused, "was refused by the node agent"));
            case POD_MEMORY -> podMemory(family);
            case KILLED -> run(idle(family).by(Hand.KILL_VMM), End.failed(137));
            case DELETED -> run(idle(family).by(Hand.DELETE_POD), stopped());
            case DEADLINE ->
                run(idle(family).by(Hand.LET_TIME_RUN_OUT), stopped().because(ConditionReason.DeadlineExceeded));
            default ->
                switch (family) {
                    case ELF, ELF_Q35 -> elf(way);
                    case HERMIT -> hermit(way, GuestReason.ShutDown);
                    case HERMIT_MICROVM -> hermit(way, GuestReason.Reset);
                    case LINUX -> linux(way);
                    case IPXE -> ipxe(way);
                };
        };
    }

    /** Its pod is gone then, and the Unikernel tells of the Job only. */
    private static End stopped() {
        return End.failed(143, GuestReason.ShutDown, "The run failed");
    }

    /** A guest that does not end by itself. */
    private static Scenario idle(Family family) {
        return switch (family) {
            case ELF, ELF_Q35, LINUX -> Scenario.with();
            case HERMIT, HERMIT_MICROVM -> Scenario.with("httpd", "8080");
            case IPXE -> Scenario.with("http://nowhere.invalid/");
        };
    }

    /** A runtime that grants QEMU next to nothing for itself. */
    private static Cell podMemory(Family family) {
        var fields = "overhead: {memory: 1Mi}";
        var killed = End.failed(137, GuestReason.VmmExited, "more memory than its pod may");
        return switch (family) {
            case ELF, ELF_Q35 ->
                run(Scenario.with("--allocate", "56").memory("64Mi").on(fields), killed);
            case HERMIT -> run(idle(family).memory("24Mi").on(fields), killed);
            case LINUX -> run(idle(family).on(fields), killed);
            case HERMIT_MICROVM -> new Impossible("not tried: it needs 256 MiB, and an application that touches them");
            case IPXE -> run(idle(family).memory("16Mi").on(fields), killed);
        };
    }

    private static Cell elf(Way way) {
        return switch (way) {
            case SUCCESS -> run(Scenario.with("--exit", "0"), End.complete(GuestReason.VmmExited));
            case ONE -> run(Scenario.with("--exit", "1"), End.failed(1));
            case SEVEN -> run(Scenario.with("--exit", "7"), End.failed(7));
            case LIKE_A_REFUSAL -> run(Scenario.with("--exit", "125"), End.failed(125));
            case ABOVE_127, MINUS_ONE -> new Impossible(TOO_NARROW);
            case PANIC -> run(Scenario.with("--panic"), End.failed(101));
            case RESET ->
                run(
                        Scenario.with("--exit", "0").on(NO_EXIT_PORT),
                        End.failed(255, GuestReason.Reset, "ended with exit code 255"));
            case POWER_OFF -> new Impossible("hello drives no ACPI, and microvm is started without");
            case GUEST_MEMORY -> run(Scenario.with("--allocate", "200"), End.failed(101));
            case WRONG_WORDS -> run(Scenario.with().on("commandLine: [ip=nonsense]"), End.failed(2));
            case CONSOLE_RULE ->
                run(
                        Scenario.with("--greeting", "fatal: no root device", "--exit", "0")
                                .on(NOT_BOOTED),
                        notBooted());
            default -> throw new IllegalArgumentException("not a guest's own doing: " + way);
        };
    }

    private static Cell hermit(Way way, GuestReason withoutExitPort) {
        return switch (way) {
            case SUCCESS -> run(Scenario.with("hello"), End.complete(GuestReason.VmmExited));
            case ONE -> run(Scenario.with("exit", "1"), End.failed(1));
            case SEVEN -> run(Scenario.with("exit", "7"), End.failed(7));
            case LIKE_A_REFUSAL -> run(Scenario.with("exit", "125"), End.failed(125));
            case ABOVE_127 -> run(Scenario.with("exit", "200"), End.failed(200));
            case MINUS_ONE -> run(Scenario.with("exit", "-1"), End.failed(255));
            case PANIC -> run(Scenario.with("panic"), End.failed(255));
            // The console has the number even then. With ACPI its kernel powers off, without it resets.
            case RESET ->
                run(
                        Scenario.with("exit", "7").on(NO_EXIT_PORT),
                        End.failed(7, withoutExitPort, "ended with exit code 7"));
            case POWER_OFF ->
                new Impossible(
                        "a Hermit guest cannot power off: its kernel ends at the exit port whatever its program does");
            case GUEST_MEMORY -> run(Scenario.with("hello").memory("16Mi"), End.failed(1));
            case WRONG_WORDS -> run(Scenario.with().on("commandLine: [-ip]"), End.failed(1));
            case CONSOLE_RULE -> run(Scenario.with("args", "no root device").on(NOT_BOOTED), notBooted());
            default -> throw new IllegalArgumentException("not a guest's own doing: " + way);
        };
    }

    private static Cell linux(Way way) {
        var panicked = End.failed(101, GuestReason.GuestPanicked, "Kernel panic - not syncing");
        return switch (way) {
            case SUCCESS -> run(Scenario.with("exit", "0"), End.complete(GuestReason.VmmExited));
            case ONE -> run(Scenario.with("exit", "1"), End.failed(1));
            case SEVEN -> run(Scenario.with("exit", "7"), End.failed(7));
            case LIKE_A_REFUSAL -> run(Scenario.with("exit", "125"), End.failed(125));
            // A number that does not fit must not become another that does.
            case ABOVE_127 -> run(Scenario.with("exit", "200"), End.failed(255));
            case MINUS_ONE -> run(Scenario.with("exit", "-1"), End.failed(255));
            case PANIC -> run(Scenario.with("panic"), panicked);
            case RESET ->
                run(
                        Scenario.with("reboot", "-f").on(BUSYBOX),
                        End.failed(102, GuestReason.Reset, "reboot: Restarting system"));
            case POWER_OFF -> run(Scenario.with("poweroff", "-f").on(BUSYBOX), End.complete(GuestReason.ShutDown));
            case GUEST_MEMORY ->
                run(
                        Scenario.with("sh", "-c", "x=aaaaaaaa; while :; do x=$x$x; done")
                                .on(BUSYBOX),
                        panicked);
            case WRONG_WORDS ->
                run(Scenario.with().on("commandLine: [console=ttyS0, panic=-1, rdinit=/not/there]"), panicked);
            case CONSOLE_RULE ->
                run(Scenario.with("exit", "0", "no root device").on(NOT_BOOTED), notBooted());
            default -> throw new IllegalArgumentException("not a guest's own doing: " + way);
        };
    }

    private static Cell ipxe(Way way) {
        return switch (way) {
            case SUCCESS -> run(Scenario.with().on("commandLine: [reboot]"), End.complete(GuestReason.Reset));
            case ONE, SEVEN, LIKE_A_REFUSAL, ABOVE_127, MINUS_ONE ->
                new Impossible("iPXE's commands have numbers, and none of them leaves the machine");
            case PANIC -> new Impossible("iPXE has no panic; it waits at its prompt, for activeDeadlineSeconds");
            case RESET -> new Impossible("a reset is how iPXE succeeds: returns 0");
            case POWER_OFF -> new Impossible("Debian's iPXE did not end within two minutes of its poweroff");
            case GUEST_MEMORY -> new Impossible("iPXE has a fixed heap, and fails a download that does not fit");
            case WRONG_WORDS ->
                run(
                        Scenario.with().on("commandLine: [nonsense]").by(Hand.LET_TIME_RUN_OUT),
                        stopped().because(ConditionReason.DeadlineExceeded));
            case CONSOLE_RULE ->
                run(
                        Scenario.with()
                                .on("{commandLine: [echo, 'no', root, device], machine: {options: {graphics: 'off'}}, "
                                        + NOT_BOOTED + "}"),
                        notBooted());
            default -> throw new IllegalArgumentException("not a guest's own doing: " + way);
        };
    }

    private static End notBooted() {
        return End.failed(78, GuestReason.BootFailed, "no root device");
    }

    private static Cell run(Scenario scenario, End expected) {
        return new Possible(scenario, expected);
    }
}

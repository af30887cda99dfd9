package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Console;
import dev.skete.api.LaunchPlan;
import dev.skete.api.Machine;
import dev.skete.api.Nic;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plan must satisfy to become a QEMU command line. The operator writes plans from validated runtimes, but anyone who can write a
 * pod can write a plan, so nothing is taken on trust. A bad plan can only hurt its own pod; these rules make it fail with a reason.
 */
public final class PlanRules {
    private static final Predicate<String> OPTION_VALUE =
            Pattern.compile("on|off|auto|split").asMatchPredicate();
    private static final Predicate<String> CPU_MODEL = Pattern.compile(
                    "[A-Za-z0-9][A-Za-z0-9._-]*(,[+-]?[A-Za-z0-9][A-Za-z0-9._-]*(=[A-Za-z0-9._-]+)?)*")
            .asMatchPredicate();
    private static final Predicate<String> CONSOLE_TEXT =
            Pattern.compile("[\\t\\x20-\\x7e]{3,128}").asMatchPredicate();
    /** A comma separates multiboot modules and a space starts their arguments, and other boot protocols read neither. */
    private static final Predicate<String> IMAGE_PATH =
            Pattern.compile("/[A-Za-z0-9._/+@:=-]{1,1023}").asMatchPredicate();

    private static final Predicate<String> STEPS_UP =
            Pattern.compile("/[.][.]?(/|$)").asPredicate();

    /** As the API has them. */
    private static final int MOST_PORTS = 64;

    private static final int MOST_FAILURES = 16;
    private static final int LONGEST_STOP = 86_400;

    /** The device has four ports. */
    private static final int LAST_EXIT_PORT = 0x10000 - 4;

    private PlanRules() {}

    /**
     * Checks what holds for every VMM.
     *
     * @throws RefusedException with the field and what it may be
     */
    public static void check(LaunchPlan plan) throws RefusedException {
        require(plan.memoryMiB() >= 1 && plan.memoryMiB() <= 1 << 20, "memoryMiB must be 1 to 1048576");
        require(plan.cpus() >= 1 && plan.cpus() <= 255, "cpus must be 1 to 255");
        require(
                (plan.boot().kernel() == null) != (plan.boot().disk() == null),
                "boot must have exactly one of kernel and disk");
        imagePath("boot.kernel", plan.boot().kernel());
        imagePath("boot.disk", plan.boot().disk());
        imagePath("boot.initrd", plan.boot().initrd());
        options("machine.options", plan.machine().options(), Machine.OPTION_NAMES);
        options("nic.options", plan.nic().options(), Nic.OPTION_NAMES);
        var port = plan.machine().exitPort();
        require(port >= 1 && port <= LAST_EXIT_PORT, "machine.exitPort must be 1 to " + LAST_EXIT_PORT);
        var cpu = plan.machine().cpu();
        require(
                cpu == null || (cpu.length() <= 256 && CPU_MODEL.test(cpu)),
                "machine.cpu must be a CPU model and its features, separated by commas");
        exitCodes(plan.exitCodes());
        ports(plan.ports());
        require(plan.stopSeconds() >= 0 && plan.stopSeconds() <= LONGEST_STOP, "stopSeconds must be 0 to 86400");
        console(plan.console());
    }

    private static void imagePath(String field, @Nullable String path) throws RefusedException {
        require(
                path == null || (IMAGE_PATH.test(path) && !STEPS_UP.test(path)),
                field
                        + " must be an absolute path of letters, digits and ._/+@:=- without . and .. parts; rename the file in the image");
    }

    private static void options(String field, @Nullable Map<String, String> options, Set<String> known)
            throws RefusedException {
        if (options == null) {
            return;
        }
        for (var option : options.entrySet()) {
            require(known.contains(option.getKey()), field + " has a key that is not one of " + new TreeSet<>(known));
            require(
                    OPTION_VALUE.test(option.getValue()),
                    field + "." + option.getKey() + " must be on, off, auto or split");
        }
    }

    /** Each becomes a socket that the agent holds. */
    private static void ports(List<Integer> ports) throws RefusedException {
        require(ports.size() <= MOST_PORTS, "ports must be at most " + MOST_PORTS);
        for (int port : ports) {
            require(port >= 1 && port <= 65_535, "ports must be 1 to 65535");
        }
    }

    private static void console(@Nullable Console console) throws RefusedException {
        if (console == null) {
            return;
        }
        require(
                console.exitStatus() == null || CONSOLE_TEXT.test(console.exitStatus()),
                "console.exitStatus must be 3 to 128 printable ASCII characters");
        var failures = Objects.requireNonNullElse(console.failures(), List.<Console.Failure>of());
        require(failures.size() <= MOST_FAILURES, "console.failures must be at most " + MOST_FAILURES);
        for (var failure : failures) {
            require(
                    CONSOLE_TEXT.test(failure.text()),
                    "console.failures.text must be 3 to 128 printable ASCII characters");
            require(failure.exitCode() >= 1 && failure.exitCode() <= 125, "console.failures.exitCode must be 1 to 125");
        }
    }

    private static void exitCodes(Map<Integer, Integer> codes) throws RefusedException {
        for (var code : codes.entrySet()) {
            require(
                    isStatus(code.getKey()) && isStatus(code.getValue()),
                    "exitCodes maps %d to %d; exit statuses are 0 to 255".formatted(code.getKey(), code.getValue()));
        }
    }

    private static boolean isStatus(int status) {
        return status >= 0 && status < ExitTable.SIZE;
    }

    private static void require(boolean holds, String rule) throws RefusedException {
        if (!holds) {
            throw new RefusedException(RefusalReason.BadPlan, "launch plan: " + rule);
        }
    }
}

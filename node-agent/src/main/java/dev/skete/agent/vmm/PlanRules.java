package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.LaunchPlan;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plan must satisfy to become a QEMU command line. The operator writes plans from validated runtimes, but anyone who can write a
 * pod can write a plan, so nothing is taken on trust. A bad plan can only hurt its own pod; these rules make it fail with a reason.
 */
final class PlanRules {
    private static final Predicate<String> OPTION_NAME =
            Pattern.compile("[a-zA-Z0-9_.-]{1,64}").asMatchPredicate();
    private static final Predicate<String> PRINTABLE =
            Pattern.compile("[\\x20-\\x7e]{1,4096}").asMatchPredicate();
    /** A comma separates multiboot modules and a space starts their arguments, and other boot protocols read neither. */
    private static final Predicate<String> IMAGE_PATH =
            Pattern.compile("/[A-Za-z0-9._/+@:=-]{1,1023}").asMatchPredicate();

    /** The device has four ports. */
    private static final int LAST_EXIT_PORT = 0x10000 - 4;

    private PlanRules() {}

    static void check(LaunchPlan plan) throws RefusedException {
        require(plan.memoryMiB() >= 1 && plan.memoryMiB() <= 1 << 20, "memoryMiB must be 1 to 1048576");
        require(plan.cpus() >= 1 && plan.cpus() <= 255, "cpus must be 1 to 255");
        require(
                (plan.boot().kernel() == null) != (plan.boot().disk() == null),
                "boot must have exactly one of kernel and disk");
        imagePath("boot.kernel", plan.boot().kernel());
        imagePath("boot.disk", plan.boot().disk());
        imagePath("boot.initrd", plan.boot().initrd());
        options("machine.options", plan.machine().options());
        options("nic.options", plan.nic().options());
        var port = plan.machine().exitPort();
        require(port >= 1 && port <= LAST_EXIT_PORT, "machine.exitPort must be 1 to " + LAST_EXIT_PORT);
        var cpu = plan.machine().cpu();
        require(cpu == null || PRINTABLE.test(cpu), "machine.cpu must be printable ASCII");
        exitCodes(plan.exitCodes());
    }

    private static void imagePath(String field, @Nullable String path) throws RefusedException {
        require(
                path == null || IMAGE_PATH.test(path),
                field + " must be an absolute path of letters, digits and ._/+@:=- ; rename the file in the image");
    }

    private static void options(String field, @Nullable Map<String, String> options) throws RefusedException {
        if (options == null) {
            return;
        }
        for (var option : options.entrySet()) {
            require(OPTION_NAME.test(option.getKey()), field + " has a key that is not an option name");
            require(PRINTABLE.test(option.getValue()), field + "." + option.getKey() + " must be printable ASCII");
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

package dev.skete.agent.launch;

import dev.skete.agent.report.GuestFact;
import dev.skete.agent.vmm.Qemu;
import dev.skete.api.Console;
import dev.skete.api.FailureReason;
import dev.skete.api.GuestReason;
import dev.skete.api.LaunchPlan;
import dev.skete.api.Shutdown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher watches its guest for, and how it stops it. The launcher does so without the agent, which may be away when it matters.
 *
 * @param console null to look for nothing
 * @param grace how long a guest whose power button was pressed may take; zero if it has none
 * @param started what it means that the VMM runs
 */
record GuestWatch(@Nullable Console console, Duration grace, GuestFact started) {

    static GuestWatch of(LaunchPlan plan) {
        var grace = plan.shutdown() == Shutdown.ACPI ? Duration.ofSeconds(plan.stopSeconds()) : Duration.ZERO;
        // Of the VMMs, only QEMU has a monitor.
        var started = plan.vmm().equals(Qemu.NAME) ? new GuestFact.VmmStarted() : new GuestFact.VmmStartedUnmonitored();
        return new GuestWatch(plan.console(), grace, started);
    }

    /** The frames that tell the launcher; none if there is nothing to tell. */
    List<Frame> frames() {
        var frames = new ArrayList<Frame>();
        if (console != null) {
            frames.add(Frame.ofList(Frame.CONSOLE_RULES, rules(console)));
        }
        if (grace.isPositive()) {
            frames.add(Frame.ofText(Frame.GRACE, Long.toString(grace.toMillis())));
        }
        return frames;
    }

    private static List<String> rules(Console console) {
        var words = new ArrayList<String>();
        words.add(Objects.requireNonNullElse(console.exitStatus(), ""));
        for (var failure : failures(console)) {
            words.add(failure.text());
            words.add(failure.exitCode().toString());
        }
        return words;
    }

    /** What a line means that the launcher found by these rules. */
    GuestFact failure(String line) {
        var reason = console == null
                ? FailureReason.GuestPanicked
                : failures(console).stream()
                        .filter(failure -> line.contains(failure.text()))
                        .findFirst()
                        .map(Console.Failure::reason)
                        .orElse(FailureReason.GuestPanicked);
        return new GuestFact.FailureOnConsole(GuestReason.valueOf(reason.name()), line);
    }

    private static List<Console.Failure> failures(Console console) {
        return Objects.requireNonNullElse(console.failures(), List.of());
    }
}

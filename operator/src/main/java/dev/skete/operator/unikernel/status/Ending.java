package dev.skete.operator.unikernel.status;

import dev.skete.api.ConditionReason;
import dev.skete.api.GuestPaths;
import dev.skete.api.GuestReason;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the way a guest ended says about it. */
record Ending(GuestView guest) {
    /** The launcher's exit code for a launch the node agent refused. */
    private static final int REFUSED = 125;

    private static final String REFUSAL = "skete: refused: ";
    private static final int LONGEST_LINE = 200;
    private static final int LAST_LINES = 3;
    /** Colours and other terminal controls, which kernels like to write. */
    private static final Pattern NOT_PRINTABLE = Pattern.compile("\\x1b\\[[0-9;]*[A-Za-z]|\\p{Cntrl}");

    /** A guest that was restarted and is ready again is forgiven; so is one that ended well and stays ended. */
    Optional<Verdict> verdict() {
        if (guest.ready()) {
            return Optional.empty();
        }
        return guest.lastEnd().flatMap(this::of);
    }

    private Optional<Verdict> of(ContainerStateTerminated end) {
        int code = Objects.requireNonNullElse(end.getExitCode(), 0);
        if (code == 0) {
            return startedAgain() ? Optional.of(endsWithSuccess()) : Optional.empty();
        }
        if ("OOMKilled".equals(end.getReason())) {
            return Optional.of(about(
                    ConditionReason.OOMKilled,
                    "was killed for using more memory than its pod may. Raise overhead.memory of its UnikernelRuntime: the"
                            + " guest's own memory, spec.resources.memory, is already accounted for."));
        }
        if (code == REFUSED && refused(end)) {
            return Optional.of(about(ConditionReason.LaunchRefused, "was refused by the node agent: " + refusal(end)));
        }
        if (guest.agentSays(GuestReason.GuestPanicked)) {
            return Optional.of(about(ConditionReason.GuestPanicked, "panicked" + times() + ": " + told(end)));
        }
        if (guest.agentSays(GuestReason.BootFailed)) {
            return Optional.of(about(ConditionReason.BootFailed, "failed to boot" + times() + ": " + told(end)));
        }
        if (guest.agentSays(GuestReason.InternalError)) {
            return Optional.of(about(
                    ConditionReason.VmmInternalError,
                    "ended by an internal error of its virtual machine" + times() + ": " + told(end)));
        }
        return Optional.of(about(
                loops() ? ConditionReason.GuestCrashLooping : ConditionReason.Progressing,
                "ended with exit code " + code + times() + lastLines(end) + remedy(end) + " See kubectl logs "
                        + guest.name() + (guest.restarts() > 0 ? " --previous." : ".")));
    }

    /** A guest that ended once is started again at once; the kubelet lets it wait when it ends again, and somebody should look. */
    private boolean loops() {
        return guest.restarts() > 1 || waitsToBeStarted() || "Never".equals(restartPolicy());
    }

    private boolean waitsToBeStarted() {
        return guest.state()
                .map(ContainerState::getWaiting)
                .filter(waiting -> "CrashLoopBackOff".equals(waiting.getReason()))
                .isPresent();
    }

    private Verdict endsWithSuccess() {
        return about(
                ConditionReason.GuestExited,
                "ends with exit code 0 and is started again" + times()
                        + ". A guest that is meant to end wants restartPolicy OnFailure or Never.");
    }

    private boolean startedAgain() {
        return "Always".equals(restartPolicy());
    }

    private String restartPolicy() {
        return Objects.requireNonNullElse(guest.pod().getSpec().getRestartPolicy(), "Always");
    }

    private String times() {
        return guest.restarts() == 0
                ? ""
                : " (" + guest.restarts() + (guest.restarts() == 1 ? " restart)" : " restarts)");
    }

    private String told(ContainerStateTerminated end) {
        return guest.agentSays()
                .map(PodCondition::getMessage)
                .filter(m -> !m.isBlank())
                .orElseGet(() -> console(end).orElse("it wrote nothing"));
    }

    private static String lastLines(ContainerStateTerminated end) {
        var lines = lines(end);
        var last = String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        return switch (lines.size()) {
            case 0 -> ".";
            case 1 -> "; its last line: " + sentence(last);
            default -> "; its last lines: " + sentence(last);
        };
    }

    /** QEMU's words, for a device that the container runtime left to root. */
    private static String remedy(ContainerStateTerminated end) {
        var said = Objects.requireNonNullElse(end.getMessage(), "");
        return said.contains("Could not open '" + GuestPaths.disk("")) && said.contains("Permission denied")
                ? " Its node gives block devices to root only: set device_ownership_from_security_context in the configuration of"
                        + " the node's container runtime (docs/volumes.md)."
                : "";
    }

    /** A guest may end with the same number. */
    private boolean refused(ContainerStateTerminated end) {
        return guest.agentSays(GuestReason.Refused)
                || console(end).filter(l -> l.startsWith(REFUSAL)).isPresent();
    }

    private static String refusal(ContainerStateTerminated end) {
        return console(end)
                .map(l -> l.startsWith(REFUSAL) ? l.substring(REFUSAL.length()) : l)
                .orElse("the reason is in the agent's log");
    }

    /** The last line on the console: the kubelet keeps the end of it for containers that fail. */
    private static Optional<String> console(ContainerStateTerminated end) {
        return lines(end).reversed().stream().findFirst();
    }

    private static List<String> lines(ContainerStateTerminated end) {
        return Objects.requireNonNullElse(end.getMessage(), "")
                .lines()
                .map(l -> NOT_PRINTABLE.matcher(l).replaceAll("").strip())
                .filter(l -> !l.isEmpty())
                .map(l -> l.length() <= LONGEST_LINE ? l : l.substring(0, LONGEST_LINE) + "…")
                .toList();
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private Verdict about(ConditionReason reason, String what) {
        return new Verdict(reason, "Guest " + guest.name() + " " + what);
    }
}

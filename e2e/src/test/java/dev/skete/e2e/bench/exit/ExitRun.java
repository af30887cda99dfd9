package dev.skete.e2e.bench.exit;

import dev.skete.api.ConditionType;
import dev.skete.api.GuestReason;
import dev.skete.api.GuestStatus;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelStatus;
import dev.skete.e2e.Family;
import dev.skete.e2e.KeptPod;
import dev.skete.e2e.RuntimeVariant;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.fixture.VmmProcess;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** One guest, run to its end. */
final class ExitRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The node agent, the kubelet and the operator each tell their part when they come to it. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Sandbox sandbox;
    private final Family family;
    private final String name;

    ExitRun(Sandbox sandbox, Family family, Way way) {
        this.sandbox = sandbox;
        this.family = family;
        this.name = family.runtime() + "-" + way.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How it ended, as far as its Unikernel tells. */
    Optional<End> of(Cell.Possible cell) {
        var fields = cell.scenario().runtimeFields();
        var manifest = cell.scenario().manifest(family, name);
        if (fields.isEmpty()) {
            return run(manifest, cell);
        }
        try (var runtime = RuntimeVariant.of(sandbox, name, family.runtime(), fields)) {
            return run(runtime.used(manifest), cell);
        }
    }

    private Optional<End> run(String manifest, Cell.Possible cell) {
        sandbox.apply(manifest);
        try {
            return switch (cell.scenario().hand()) {
                case NONE -> end(cell.expected(), this::onlyGuest);
                case KILL_VMM -> {
                    var faults = sandbox.installation().cluster().faults().orElseThrow();
                    new VmmProcess(faults, awaitRunning()).kill();
                    yield end(cell.expected(), this::onlyGuest);
                }
                case DELETE_POD -> stopped(cell.expected(), true);
                case LET_TIME_RUN_OUT -> stopped(cell.expected(), false);
            };
        } finally {
            sandbox.kubectl("delete", "unikernel/" + name, "--wait=false").run();
        }
    }

    /** The pod is let go before its Job is asked: a Job has not failed as long as one of its pods is leaving. */
    private Optional<End> stopped(End expected, boolean byHand) {
        var ended = endOfPod(byHand);
        return end(expected, () -> ended);
    }

    private Pod endOfPod(boolean byHand) {
        try (var pod = KeptPod.of(sandbox, awaitRunning())) {
            if (byHand) {
                pod.delete();
            }
            pod.awaitEnd();
            return sandbox.await(
                    "the node agent's word on " + name,
                    pod::pod,
                    kept -> !reason(kept).equals(GuestReason.Running.name()));
        }
    }

    private Pod awaitRunning() {
        return sandbox.await(
                name + " to run", PATIENCE, this::onlyGuest, pod -> reason(pod).equals(GuestReason.Running.name()));
    }

    private Pod onlyGuest() {
        return sandbox.onlyGuest(name);
    }

    private Optional<End> end(End expected, Supplier<Pod> guest) {
        sandbox.await(name + " to end", PATIENCE, this::verdict, Optional::isPresent);
        try {
            return sandbox.await(
                    name + " as expected",
                    LAST_WORDS,
                    () -> seen(guest.get()),
                    seen -> seen.filter(expected::isMetBy).isPresent());
        } catch (ConditionTimeoutException e) {
            return seen(guest.get());
        }
    }

    /** A guest that was deleted is no more in the Unikernel's status; then its pod says how it ended. */
    private Optional<End> seen(Pod pod) {
        var told = status().map(UnikernelStatus::guests).orElse(List.of()).stream()
                .filter(guest -> guest.pod().equals(pod.getMetadata().getName()))
                .map(GuestStatus::exitCode)
                .filter(Objects::nonNull)
                .findFirst();
        var code = told.or(() ->
                Optional.ofNullable(pod.getMetadata().getDeletionTimestamp()).map(_ -> exitCode(pod)));
        return verdict().map(c -> new End(code.orElse(-1), reason(pod), c.getType(), c.getReason(), c.getMessage()));
    }

    private static int exitCode(Pod pod) {
        return pod.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .getExitCode();
    }

    private Optional<Condition> verdict() {
        return status().map(UnikernelStatus::conditions).orElse(List.of()).stream()
                .filter(c -> c.getStatus().equals("True"))
                .filter(c -> c.getType().equals(ConditionType.Complete.name())
                        || c.getType().equals(ConditionType.Failed.name()))
                .findFirst();
    }

    private Optional<UnikernelStatus> status() {
        Unikernel unikernel = sandbox.unikernel(name);
        return Optional.ofNullable(unikernel.getStatus());
    }

    private static String reason(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(c -> c.getType().equals(GuestReason.CONDITION_TYPE))
                .map(PodCondition::getReason)
                .findFirst()
                .orElse("none");
    }
}

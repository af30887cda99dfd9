package dev.skete.e2e.bench;

import dev.skete.api.ConditionType;
import dev.skete.api.GuestReason;
import dev.skete.api.GuestState;
import dev.skete.api.GuestStatus;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelStatus;
import dev.skete.e2e.Family;
import dev.skete.e2e.cluster.Faults;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.fixture.VmmProcess;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * From the death of a guest's VMM to the first status of its Unikernel that says so: of guests that serve and are started again, and of
 * guests that run to completion. There is nothing to compare with: no plain container has such a status.
 */
final class TimeToTruth {
    private static final int DEATHS = 20;
    private static final int KILLED = 137;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sandbox sandbox;

    TimeToTruth(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    List<Figure> measure() {
        var faults = sandbox.installation().cluster().faults();
        if (faults.isEmpty()) {
            System.out.println("  (not measured: this cluster's nodes cannot be reached)");
            return List.of();
        }
        return List.of(
                figure("served guest killed -> status, p95", deaths("served", faults.get(), TimeToTruth::isToldDead)),
                figure("job's guest killed -> status, p95", deaths("job", faults.get(), TimeToTruth::isToldDead)),
                figure(
                        "the same -> condition Failed, for which the Job controller waits, p95",
                        deaths("failed", faults.get(), TimeToTruth::hasFailed)));
    }

    private Samples deaths(String kind, Faults faults, Predicate<UnikernelStatus> truth) {
        var samples = new Samples();
        var names = IntStream.range(0, DEATHS).mapToObj(i -> kind + "-" + i).toList();
        names.forEach(name -> sandbox.apply(
                !kind.equals("served")
                        ? Family.ELF.job(name, List.of(), "job: {backoffLimit: 0}")
                        : Peers.guest(name, 1)));
        names.forEach(this::awaitRunning);
        names.forEach(name -> samples.add(death(name, faults, truth)));
        return samples;
    }

    private void awaitRunning(String name) {
        sandbox.await(
                name + " to run",
                Duration.ofMinutes(2),
                () -> sandbox.onlyGuest(name),
                pod -> pod.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals(GuestReason.CONDITION_TYPE)
                                && c.getStatus().equals("True")));
    }

    /** Milliseconds. */
    private double death(String name, Faults faults, Predicate<UnikernelStatus> truth) {
        var guest = sandbox.onlyGuest(name);
        String pid = new VmmProcess(faults, guest).pid();
        var told = new FirstTruth(truth);
        try (var _ = sandbox.client()
                .resources(Unikernel.class)
                .inNamespace(sandbox.namespace())
                .withName(name)
                .inform(told)) {
            long begin = System.nanoTime();
            faults.onNode(guest.getSpec().getNodeName(), "kill", "-9", pid);
            return (told.await() - begin) / 1e6;
        }
    }

    private static boolean isToldDead(UnikernelStatus status) {
        return guests(status).stream().anyMatch(g -> g.state() == GuestState.Failed || isKilled(g))
                || !Objects.equals(status.readyReplicas(), 1);
    }

    private static boolean isKilled(GuestStatus guest) {
        return Integer.valueOf(KILLED).equals(guest.exitCode());
    }

    private static boolean hasFailed(UnikernelStatus status) {
        return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .anyMatch(c -> c.getType().equals(ConditionType.Failed.name())
                        && c.getStatus().equals("True"));
    }

    private static List<GuestStatus> guests(UnikernelStatus status) {
        return Objects.requireNonNullElse(status.guests(), List.of());
    }

    private static Figure figure(String what, Samples samples) {
        return new Figure.Quantity(
                "%s of %d (p50 %.1f s)".formatted(what, samples.count(), samples.quantile(0.5) / 1000),
                samples.quantile(0.95) / 1000,
                "s",
                2);
    }

    /** When the status was first true. */
    private record FirstTruth(Predicate<UnikernelStatus> truth, CompletableFuture<Long> at)
            implements ResourceEventHandler<Unikernel> {

        FirstTruth(Predicate<UnikernelStatus> truth) {
            this(truth, new CompletableFuture<>());
        }

        long await() {
            return at.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }

        @Override
        public void onAdd(Unikernel unikernel) {
            // As it was before the fault.
        }

        @Override
        public void onUpdate(Unikernel before, Unikernel unikernel) {
            if (unikernel.getStatus() != null && truth.test(unikernel.getStatus())) {
                at.complete(System.nanoTime());
            }
        }

        @Override
        public void onDelete(Unikernel unikernel, boolean isStateUnknown) {}
    }
}

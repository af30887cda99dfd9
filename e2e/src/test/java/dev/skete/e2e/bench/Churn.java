package dev.skete.e2e.bench;

import dev.skete.api.ConditionType;
import dev.skete.api.Unikernel;
import dev.skete.e2e.Family;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Guests that come and go, one start a second for half an hour: what the agents and the operator hold at the end beside what they held when
 * warm. Read from this machine's /proc, so only for a cluster on it. The property {@code skete.churn.minutes} shortens it (JAVA_TOOL_OPTIONS).
 */
final class Churn {
    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("skete.churn.minutes", 30));
    private static final Duration WARM_UP = LENGTH.dividedBy(5);
    private static final Duration SETTLING = Duration.ofSeconds(20);

    /** So many starts later a guest has ended, and its Unikernel is deleted. */
    private static final int LIFE = 30;

    private final Sandbox sandbox;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();

    Churn(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    List<String> measure() {
        if (sandbox.installation().cluster().faults().isEmpty()) {
            return List.of("(not measured: the nodes' processes are not on this machine)");
        }
        churn(WARM_UP);
        var warm = Held.now();
        churn(LENGTH.minus(WARM_UP));
        var end = Held.now();
        return List.of(
                started + " guests started in " + LENGTH.toMinutes() + " min; warm after " + WARM_UP.toMinutes()
                        + " min",
                unfinished + " of them had not completed " + LIFE + " s later",
                "warm: " + warm,
                "end:  " + end);
    }

    /** A run to completion a second. */
    private void churn(Duration length) {
        try (var clock = Executors.newScheduledThreadPool(4)) {
            clock.scheduleAtFixedRate(this::start, 0, 1, TimeUnit.SECONDS);
            Pause.of(length);
        }
        sandbox.kubectl("delete", "unikernels", "--all", "--wait=false").run();
        Awaitility.await("the guests to be gone")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> pods().isEmpty());
        Pause.of(SETTLING);
    }

    private void start() {
        int serial = started.getAndIncrement();
        sandbox.client()
                .resource(Family.ELF.job(name(serial), List.of("--exit", "0")))
                .inNamespace(sandbox.namespace())
                .create();
        end(serial - LIFE);
    }

    private void end(int serial) {
        var run = sandbox.client()
                .resources(Unikernel.class)
                .inNamespace(sandbox.namespace())
                .withName(name(serial));
        if (run.get() != null) {
            unfinished.addAndGet(completed(name(serial)) ? 0 : 1);
            run.delete();
        }
    }

    private boolean completed(String name) {
        return sandbox.condition(name, ConditionType.Complete)
                .filter(c -> c.getStatus().equals("True"))
                .isPresent();
    }

    private static String name(int serial) {
        return "churn-" + serial;
    }

    private List<Pod> pods() {
        return sandbox.client().pods().inNamespace(sandbox.namespace()).list().getItems();
    }

    /** What Skete's own processes hold: the agents together, and the operator. */
    private record Held(Footing agents, Footing operator, int namespaces) {

        static Held now() {
            return new Held(
                    Footing.of(LocalProcess.withVariable("SKETE_AGENT_NODE_NAME=")),
                    Footing.of(LocalProcess.withVariable("POD_NAME=skete-operator-")),
                    LocalProcess.networkNamespaces());
        }

        @Override
        public String toString() {
            return "agents " + agents + "; operator " + operator + "; " + namespaces + " network namespaces";
        }
    }

    private record Footing(double rssMiB, int descriptors, int threads) {

        static Footing of(List<LocalProcess> processes) {
            return new Footing(
                    processes.stream().mapToDouble(LocalProcess::rssMiB).sum(),
                    processes.stream().mapToInt(LocalProcess::descriptors).sum(),
                    processes.stream().mapToInt(LocalProcess::threads).sum());
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f MiB RSS, %d fds, %d threads", rssMiB, descriptors, threads);
        }
    }
}

package dev.skete.e2e.bench;

import dev.skete.e2e.fixture.Sandbox;
import java.time.Duration;
import java.util.List;

/** Memory and idle CPU of Skete's own processes with twenty guests; read from this machine's /proc, so only for a cluster on it. */
final class Footprint {
    /** What the start of the guests leaves to do, a JVM that compiles foremost, is not idleness. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private static final Duration IDLE = Duration.ofSeconds(60);

    private final Sandbox sandbox;

    Footprint(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    List<Figure> measure() {
        if (sandbox.installation().cluster().faults().isEmpty()) {
            System.out.println("  (not measured: the nodes' processes are not on this machine)");
            return List.of();
        }
        sandbox.apply(Peers.guest("idle", TwentyReplicas.REPLICAS));
        sandbox.awaitReady("idle", TwentyReplicas.REPLICAS);
        var vmms = LocalProcess.withArgument("/skete/run/qmp.sock");
        var launchers = LocalProcess.withArgument("/skete/bin/launch");
        var agents = LocalProcess.withVariable("SKETE_AGENT_NODE_NAME=");
        var operators = LocalProcess.withVariable("POD_NAME=skete-operator-");
        double cpuOfAgents = cpuShare(agents);
        return List.of(
                new Figure.Quantity(
                        "VMM + launcher PSS per guest, " + vmms.size() + " guests",
                        pss(vmms) / vmms.size() + pss(launchers) / Math.max(1, launchers.size()),
                        "MiB",
                        20),
                new Figure.Quantity("node agent RSS, largest of " + agents.size(), largest(agents), "MiB", 160),
                new Figure.Quantity("operator RSS", largest(operators), "MiB", 256),
                new Figure.Quantity(
                        "node agents' idle CPU, % of a core, each", cpuOfAgents / Math.max(1, agents.size()), "%", 1));
    }

    private static double pss(List<LocalProcess> processes) {
        return processes.stream().mapToDouble(LocalProcess::pssMiB).sum();
    }

    private static double largest(List<LocalProcess> processes) {
        return processes.stream().mapToDouble(LocalProcess::rssMiB).max().orElse(Double.NaN);
    }

    private static double cpuShare(List<LocalProcess> processes) {
        Pause.of(SETTLING);
        double before = processes.stream().mapToDouble(LocalProcess::cpuSeconds).sum();
        long begin = System.nanoTime();
        Pause.of(IDLE);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return 100 * (processes.stream().mapToDouble(LocalProcess::cpuSeconds).sum() - before) / seconds;
    }
}

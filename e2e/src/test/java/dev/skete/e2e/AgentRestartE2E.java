package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@OnCluster
@Isolated("kills the agents")
class AgentRestartE2E {

    @Test
    void killedUnderLoadItLosesNoRequestAndNoGuest(Sandbox sandbox) {
        sandbox.apply(Guests.hello("steady", 3));
        sandbox.awaitReady("steady", 3);
        var neighbour = sandbox.neighbour("neighbour");
        sandbox.await("the Service to answer", () -> neighbour.get("http://steady/healthz"), answer -> true);
        var before = sandbox.guests("steady");

        var load = neighbour.load("http://steady/");
        sandbox.await("requests before", load::requests, n -> n > 20);
        SystemPods.kill(sandbox, "node-agent");
        SystemPods.awaitReady(sandbox, "node-agent");
        int after = load.requests();
        sandbox.await("requests after", load::requests, n -> n > after + 20);

        assertThat(load.end()).as("failed requests").isEmpty();
        assertThat(restarts(sandbox.guests("steady"))).isEqualTo(restarts(before));
        sandbox.kubectl("scale", "unikernel/steady", "--replicas=4").run();
        sandbox.awaitReady("steady", 4);
    }

    @Test
    void absentItIsNamedAndWaitedFor(Sandbox sandbox) {
        SystemPods.forbidAgent(sandbox);
        try {
            sandbox.apply(Guests.hello("waits", 1));
            sandbox.await(
                    "a condition that names the node agent",
                    () -> sandbox.condition("waits", dev.skete.api.ConditionType.Ready)
                            .orElseThrow()
                            .getMessage(),
                    message -> message.contains("agent"));
        } finally {
            SystemPods.allowAgent(sandbox);
        }
        SystemPods.awaitReady(sandbox, "node-agent");
        sandbox.awaitReady("waits", 1);
    }

    /** The scheduler hears up to ten seconds late that a node's devices are gone, and sends pods that the kubelet refuses. */
    @Test
    void aRunThatItsNodeRefusesMeanwhileHasNotFailed(Sandbox sandbox) {
        var refused = Optional.<String>empty();
        for (int round = 0; refused.isEmpty() && round < 5; round++) {
            SystemPods.kill(sandbox, "node-agent");
            refused = refusedRun(sandbox, round);
            SystemPods.awaitReady(sandbox, "node-agent");
        }

        var run = refused.orElseThrow(() -> new AssertionError("no node refused a pod in five restarts of its agent"));
        sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/" + run, "--timeout=50s")
                .run();
    }

    /** Without it a start takes twice the time; the JVM says so, and goes on. */
    @Test
    void itStartsFromItsAotCache(Sandbox sandbox) {
        assertThat(SystemPods.of(sandbox, "node-agent"))
                .isNotEmpty()
                .allSatisfy(agent -> assertThat(sandbox.log(agent)).doesNotContain("[aot]"));
    }

    private static Optional<String> refusedRun(Sandbox sandbox, int round) {
        var runs = IntStream.range(0, 6).mapToObj(n -> "run-" + round + "-" + n).toList();
        runs.forEach(run -> sandbox.apply(Guests.job(run, "[\"--exit\", \"0\"]", "job: {backoffLimit: 0}")));
        sandbox.await(
                "every guest to be on a node, or none to be had",
                () -> runs.stream().allMatch(run -> sandbox.guests(run).stream().anyMatch(AgentRestartE2E::isDecided)),
                decided -> decided);
        return runs.stream().filter(run -> !sandbox.refused(run).isEmpty()).findFirst();
    }

    private static boolean isDecided(Pod pod) {
        return !pod.getStatus().getPhase().equals("Pending")
                || pod.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("PodScheduled")
                                && c.getStatus().equals("False"));
    }

    private static List<String> restarts(List<Pod> pods) {
        return pods.stream()
                .map(pod -> pod.getMetadata().getName()
                        + " restarted "
                        + pod.getStatus().getContainerStatuses().getFirst().getRestartCount())
                .sorted()
                .toList();
    }
}

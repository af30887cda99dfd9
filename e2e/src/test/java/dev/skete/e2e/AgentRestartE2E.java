package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
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

    private static List<String> restarts(List<Pod> pods) {
        return pods.stream()
                .map(pod -> pod.getMetadata().getName()
                        + " restarted "
                        + pod.getStatus().getContainerStatuses().getFirst().getRestartCount())
                .sorted()
                .toList();
    }
}

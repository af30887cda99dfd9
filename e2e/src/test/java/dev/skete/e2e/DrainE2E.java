package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@OnCluster
@Isolated("drains nodes")
class DrainE2E {
    private static final List<String> NODES = List.of("node1", "node2");

    @Test
    void guestsMoveOneByOneAndNoRequestFails(Sandbox sandbox) {
        int nodes = sandbox.client().nodes().list().getItems().size();
        assumeTrue(nodes == 2, "this cluster has " + nodes + " nodes, not two");
        sandbox.apply(Guests.hello("moves", 2, "pod: {" + Guests.spread("moves") + "}"));
        sandbox.awaitReady("moves", 2);
        assertThat(nodesOf(sandbox)).containsExactlyElementsOf(NODES);
        var neighbour = sandbox.neighbour("neighbour");
        sandbox.await("the Service to answer", () -> neighbour.get("http://moves/healthz"), answer -> true);
        var load = neighbour.load("http://moves/");

        drain(sandbox, "node1");
        assertThat(nodesOf(sandbox)).containsExactly("node2", "node2");
        // Both are on the node now: without the budget they would go together.
        drain(sandbox, "node2");
        assertThat(nodesOf(sandbox)).containsExactly("node1", "node1");

        int after = load.requests();
        sandbox.await("requests after the drains", load::requests, n -> n > after + 20);
        assertThat(load.end()).as("failed requests").isEmpty();
    }

    /** Of these guests only, for others run on the machine too. */
    private static void drain(Sandbox sandbox, String node) {
        try {
            sandbox.installation()
                    .kubectl("drain", node, "--pod-selector=skete.dev/unikernel=moves", "--timeout=60s")
                    .run();
            sandbox.awaitReady("moves", 2);
        } finally {
            sandbox.installation().kubectl("uncordon", node).run();
        }
    }

    private static List<String> nodesOf(Sandbox sandbox) {
        return sandbox.guests("moves").stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(Pod::getSpec)
                .map(spec -> spec.getNodeName())
                .sorted()
                .toList();
    }
}

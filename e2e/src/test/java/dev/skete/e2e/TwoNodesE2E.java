package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@OnCluster
class TwoNodesE2E {

    @Test
    void guestsSpreadAndAreReachedAcrossNodes(Sandbox sandbox) {
        int nodes = sandbox.client().nodes().list().getItems().size();
        assumeTrue(nodes >= 2, "this cluster has " + nodes + " node");
        sandbox.apply(Guests.hello(
                "spread",
                2,
                "pod:",
                "  topologySpreadConstraints:",
                "  - maxSkew: 1",
                "    topologyKey: kubernetes.io/hostname",
                "    whenUnsatisfiable: DoNotSchedule",
                "    labelSelector: {matchLabels: {skete.dev/unikernel: spread}}"));
        sandbox.awaitReady("spread", 2);

        var neighbour = sandbox.neighbour("neighbour");
        assertThat(sandbox.guests("spread").stream()
                        .map(pod -> pod.getSpec().getNodeName())
                        .collect(Collectors.toSet()))
                .hasSize(2);
        for (var guest : sandbox.guests("spread")) {
            assertThat(neighbour.get("http://" + guest.getStatus().getPodIP() + ":8080/"))
                    .contains(guest.getMetadata().getName());
        }
    }
}

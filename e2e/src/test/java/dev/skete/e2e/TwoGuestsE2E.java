package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guests find and reach each other, whatever their family and node. */
@OnCluster
class TwoGuestsE2E {

    @Test
    void theExamplesClientReachesItsServerByName(Sandbox sandbox) {
        sandbox.applyFile("examples/two-guests");

        complete(sandbox, "client");
        assertThat(sandbox.kubectl("logs", "job/client").run()).contains("Hello from Hermit");
    }

    @Test
    void aHermitClientReachesAHelloGuestOnAnotherNode(Sandbox sandbox) {
        sandbox.apply(Guests.hello("hello", 1));
        sandbox.awaitReady("hello", 1);
        String node = sandbox.onlyGuest("hello").getSpec().getNodeName();
        sandbox.apply(Guests.hermitJob("visitor", "hermit", List.of("get", "http://hello/"), notOn(sandbox, node)));

        complete(sandbox, "visitor");
        assertThat(sandbox.log(sandbox.onlyGuest("visitor"))).contains("Hello");
    }

    @Test
    void aHermitGuestAndAPlainContainerOnAnotherNodeReachEachOther(Sandbox sandbox) {
        var neighbour = sandbox.neighbour("neighbour");
        neighbour.exec("/bin/busybox", "sh", "-c", "echo plain > /tmp/index.html; /bin/busybox httpd -p 8080 -h /tmp");
        String elsewhere = notOn(sandbox, neighbour.pod().getSpec().getNodeName());
        String address = neighbour.pod().getStatus().getPodIP();
        sandbox.apply(Guests.hermitJob("visitor", "hermit", List.of("get", "http://" + address + ":8080/"), elsewhere));
        sandbox.apply(Guests.hermitServer("server", elsewhere));

        complete(sandbox, "visitor");
        assertThat(sandbox.log(sandbox.onlyGuest("visitor"))).contains("plain");
        sandbox.awaitReady("server", 1);
        assertThat(neighbour.get("http://server/")).contains("Hello from Hermit");
    }

    /** Elsewhere if there is an elsewhere: the test says as much on a cluster of one node. */
    private static String notOn(Sandbox sandbox, String node) {
        return sandbox.client().nodes().list().getItems().stream()
                .map(n -> n.getMetadata().getName())
                .filter(name -> !name.equals(node))
                .findFirst()
                .map(other -> "pod: {nodeSelector: {kubernetes.io/hostname: %s}}".formatted(other))
                .orElse("pod: {}");
    }

    private static void complete(Sandbox sandbox, String name) {
        sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/" + name, "--timeout=90s")
                .run();
    }
}

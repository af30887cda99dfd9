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
@Isolated("uninstalls Skete")
class UninstallE2E {

    @Test
    void nothingOfOursStaysOnTheNodes(Sandbox sandbox) {
        var installation = sandbox.installation();
        var faults = installation.cluster().faults();
        assumeTrue(faults.isPresent(), "the nodes of this cluster cannot be looked into");
        assumeTrue(
                foreignGuests(sandbox).isEmpty(),
                "guests of somebody else run here, and the agent keeps what they need");
        sandbox.apply(Guests.hello("last", 2));
        sandbox.awaitReady("last", 2);

        sandbox.kubectl("delete", "unikernel", "last", "--timeout=60s").run();
        sandbox.await("no guest left", () -> sandbox.guests("last"), List::isEmpty);
        installation.uninstall();
        try {
            for (String node : List.of("node1", "node2")) {
                String look = """
                        ls -A /var/lib/skete
                        ls /var/lib/kubelet/device-plugins | grep skete
                        for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -- '[/]skete/vmm'; done
                        ip -o link | grep ' tap'
                        true
                        """;
                sandbox.await(
                        "nothing left on " + node,
                        () -> faults.orElseThrow()
                                .onNode(node, "sh", "-c", look)
                                .strip(),
                        String::isEmpty);
            }
        } finally {
            installation.install();
        }
        sandbox.apply(Guests.hello("anew", 1));
        sandbox.awaitReady("anew", 1);
        assertThat(sandbox.guests("anew")).hasSize(1);
    }

    private static List<Pod> foreignGuests(Sandbox sandbox) {
        return sandbox.client()
                .pods()
                .inAnyNamespace()
                .withLabel("skete.dev/unikernel")
                .list()
                .getItems();
    }
}

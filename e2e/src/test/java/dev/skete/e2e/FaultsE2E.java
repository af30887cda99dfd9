package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.e2e.cluster.Faults;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.fixture.VmmProcess;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What only an administrator of the machine can break; needs a cluster that can be broken, which the embedded one is. */
@OnCluster
@Isolated("stops QEMU, kubelet and API server")
class FaultsE2E {

    @Test
    void aKilledVmmIsStartedAgainAndTold(Sandbox sandbox) {
        Faults faults = faults(sandbox);
        sandbox.apply(Guests.hello("shot", 1));
        sandbox.awaitReady("shot", 1);
        Pod guest = sandbox.onlyGuest("shot");

        new VmmProcess(faults, guest).kill();

        sandbox.await("a restarted guest", () -> restarts(sandbox, "shot"), count -> count == 1);
        sandbox.awaitReady("shot", 1);
        assertThat(sandbox.onlyGuest("shot")
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getLastState()
                        .getTerminated()
                        .getExitCode())
                .isEqualTo(137);
    }

    @Test
    void aGuestRestartsWhileTheApiServerIsDown(Sandbox sandbox) {
        Faults faults = faults(sandbox);
        sandbox.apply(Guests.hello("alone", 1));
        sandbox.awaitReady("alone", 1);
        Pod guest = sandbox.onlyGuest("alone");
        String node = guest.getSpec().getNodeName();
        String url = "http://" + guest.getStatus().getPodIP() + ":8080/healthz";

        faults.stop("apiserver");
        try {
            String killed = new VmmProcess(faults, guest).pid();
            new VmmProcess(faults, guest).kill();
            sandbox.await(
                    "another VMM without an API server",
                    () -> new VmmProcess(faults, guest).pid(),
                    pid -> !pid.isEmpty() && !pid.equals(killed));
            sandbox.await("its answer", () -> faults.onNode(node, "curl", "-sS", "-m", "2", url), answer -> true);
        } finally {
            faults.start("apiserver");
        }

        sandbox.await("the restart to be known", () -> restarts(sandbox, "alone"), count -> count == 1);
        sandbox.awaitReady("alone", 1);
    }

    @Test
    void aRestartedKubeletFindsTheDevicesAgain(Sandbox sandbox) {
        Faults faults = faults(sandbox);
        faults.stop("kubelet-node1");
        faults.start("kubelet-node1");

        sandbox.await("node1 to offer devices again", () -> allocatable(sandbox, "node1"), count -> count > 0);
        sandbox.apply(Guests.hello("placed", 1, "pod: {nodeSelector: {kubernetes.io/hostname: node1}}"));
        sandbox.awaitReady("placed", 1);
    }

    private static int allocatable(Sandbox sandbox, String node) {
        var devices =
                sandbox.client().nodes().withName(node).require().getStatus().getAllocatable();
        return Quantity.getAmountInBytes(devices.getOrDefault("skete.dev/tcg", new Quantity("0")))
                .intValue();
    }

    private static Faults faults(Sandbox sandbox) {
        var faults = sandbox.installation().cluster().faults();
        assumeTrue(faults.isPresent(), "this cluster cannot be broken from outside: run it on the embedded one");
        return faults.orElseThrow();
    }

    private static int restarts(Sandbox sandbox, String name) {
        return sandbox.onlyGuest(name)
                .getStatus()
                .getContainerStatuses()
                .getFirst()
                .getRestartCount();
    }
}

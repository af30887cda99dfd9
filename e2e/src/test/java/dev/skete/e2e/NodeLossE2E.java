package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.api.ConditionType;
import dev.skete.api.GuestState;
import dev.skete.api.GuestStatus;
import dev.skete.e2e.cluster.Faults;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A node's power is cut under guests. */
@OnCluster
@Isolated("cuts a node's power")
class NodeLossE2E {
    /** The control plane notices a silent node after twenty seconds here. */
    private static final Duration NOTICED = Duration.ofSeconds(90);

    /** Instead of Kubernetes' five minutes; long enough for what is told of the lost guest to be seen before it is replaced. */
    private static final String LEAVES_SOON =
            "tolerations: [{key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 15}]";

    @Test
    void whatANodeRefusesAfterItsRestartIsReplacedAndCountsForNothing(Sandbox sandbox) {
        var faults = faults(sandbox);
        var node = otherThanTheOperators(sandbox);
        sandbox.apply(Guests.hello("serves", 1, "pod: {" + on(node) + "}"));
        sandbox.apply(Guests.job("runs", "[]", "job: {backoffLimit: 0}", "pod: {" + on(node) + "}"));
        sandbox.awaitReady("serves", 1);
        awaitRunning(sandbox, "runs");

        faults.nodeDown(node);
        faults.nodeUp(node);

        sandbox.await(
                "refused pods",
                () -> sandbox.refused("serves").size() + sandbox.refused("runs").size(),
                n -> n == 2);
        sandbox.awaitReady("serves", 1);
        awaitRunning(sandbox, "runs");
        assertThat(sandbox.job("runs").getStatus().getFailed()).as("failures").isIn(null, 0);
        assertThat(sandbox.condition("runs", ConditionType.Failed)).isEmpty();
    }

    @Test
    void whatALostNodeHeldIsUnknownAndThenReplaced(Sandbox sandbox) {
        var faults = faults(sandbox);
        var node = otherThanTheOperators(sandbox);
        sandbox.apply(Guests.hello("serves", 2, "pod: {" + Guests.spread("serves") + ", " + LEAVES_SOON + "}"));
        sandbox.apply(Guests.job("runs", "[]", "pod: {" + on(node) + ", " + LEAVES_SOON + "}"));
        sandbox.awaitReady("serves", 2);
        awaitRunning(sandbox, "runs");
        var lost = sandbox.onlyGuest("runs");

        faults.nodeDown(node);
        try {
            sandbox.await(
                    "a condition that names the node",
                    NOTICED,
                    () -> sandbox.condition("serves", ConditionType.Ready).orElseThrow(),
                    ready -> ready.getReason().equals("NodeNotReady")
                            && ready.getMessage().contains("its node " + node + " has not been heard of"));
            sandbox.await("an unknown guest", () -> states(sandbox, "serves"), s -> s.contains(GuestState.Unknown));
            sandbox.awaitReady("serves", 2);
            sandbox.awaitCondition(
                    "runs",
                    ConditionType.Ready,
                    ready -> ready.getReason().equals("NodeNotReady")
                            && ready.getMessage().contains("kubectl delete node " + node));
            assertThat(sandbox.guests("runs")).as("no second run").hasSize(1);
        } finally {
            faults.nodeUp(node);
        }

        awaitRunning(sandbox, "runs");
        assertThat(sandbox.onlyGuest("runs").getMetadata().getName())
                .isNotEqualTo(lost.getMetadata().getName());
        assertThat(sandbox.job("runs").getStatus().getFailed()).as("failures").isIn(null, 0);
        sandbox.await(
                "nothing unknown",
                () -> states(sandbox, "serves"),
                s -> s.equals(List.of(GuestState.Running, GuestState.Running)));
    }

    private static void awaitRunning(Sandbox sandbox, String name) {
        sandbox.awaitCondition(
                name, ConditionType.Ready, ready -> ready.getReason().equals("Running"));
    }

    private static List<GuestState> states(Sandbox sandbox, String name) {
        return Objects.requireNonNull(sandbox.unikernel(name).getStatus().guests()).stream()
                .map(GuestStatus::state)
                .toList();
    }

    private static String on(String node) {
        return "nodeSelector: {kubernetes.io/hostname: " + node + "}";
    }

    /** The operator is what tells. */
    private static String otherThanTheOperators(Sandbox sandbox) {
        var used = SystemPods.of(sandbox, "operator").stream()
                .map(Pod::getSpec)
                .map(spec -> spec.getNodeName())
                .toList();
        return List.of("node1", "node2").stream()
                .filter(node -> !used.contains(node))
                .findFirst()
                .orElseThrow();
    }

    private static Faults faults(Sandbox sandbox) {
        var faults = sandbox.installation().cluster().faults();
        assumeTrue(faults.isPresent(), "this cluster cannot be broken from outside: run it on the embedded one");
        return faults.orElseThrow();
    }
}

package dev.skete.e2e;

import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.process.Command;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** Skete's own pods, and ways to hurt them. */
final class SystemPods {
    private SystemPods() {}

    static List<Pod> of(Sandbox sandbox, String component) {
        return sandbox.client()
                .pods()
                .inNamespace(Installation.NAMESPACE)
                .withLabel("app.kubernetes.io/component", component)
                .list()
                .getItems();
    }

    /** Deletes a component's pods with no grace: their processes get SIGKILL, and the controller makes new ones. */
    static void kill(Sandbox sandbox, String component) {
        List<String> killed = of(sandbox, component).stream()
                .map(pod -> pod.getMetadata().getUid())
                .toList();
        sandbox.installation()
                .kubectl(
                        "delete",
                        "pod",
                        "--namespace",
                        Installation.NAMESPACE,
                        "--selector",
                        "app.kubernetes.io/component=" + component,
                        "--grace-period=0",
                        "--force",
                        "--wait=false")
                .run();
        sandbox.await(
                "new pods of " + component,
                () -> of(sandbox, component),
                pods -> pods.size() == killed.size()
                        && pods.stream()
                                .noneMatch(
                                        pod -> killed.contains(pod.getMetadata().getUid())));
    }

    static void awaitReady(Sandbox sandbox, String component) {
        sandbox.await(
                component + " to be ready",
                () -> of(sandbox, component),
                pods -> !pods.isEmpty() && pods.stream().allMatch(SystemPods::ready));
    }

    static void forbidAgent(Sandbox sandbox) {
        agentSelector(sandbox, "\"skete.dev/forbidden\": \"true\"").run();
        sandbox.await("no agent left", () -> of(sandbox, "node-agent"), List::isEmpty);
    }

    static void allowAgent(Sandbox sandbox) {
        agentSelector(sandbox, "\"skete.dev/forbidden\": null").run();
    }

    private static Command agentSelector(Sandbox sandbox, String entry) {
        String name = sandbox.client()
                .apps()
                .daemonSets()
                .inNamespace(Installation.NAMESPACE)
                .withLabel("app.kubernetes.io/component", "node-agent")
                .list()
                .getItems()
                .getFirst()
                .getMetadata()
                .getName();
        return sandbox.installation()
                .kubectl(
                        "patch",
                        "daemonset",
                        name,
                        "--namespace",
                        Installation.NAMESPACE,
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{" + entry + "}}}}}");
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }
}

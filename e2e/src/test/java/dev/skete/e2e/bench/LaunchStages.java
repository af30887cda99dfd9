package dev.skete.e2e.bench;

import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** What the agents say of the launches of the last minutes: {@code skete_launch_seconds}, the median of each stage, of the slower agent. */
final class LaunchStages {
    private final Sandbox sandbox;

    LaunchStages(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    List<Figure> measure() {
        return List.of(
                new Figure.Quantity("tap wiring in the agent, median", median("wire"), "ms", 5),
                new Figure.Quantity("whole launch in the agent, median", median("total"), "ms", 15));
    }

    private double median(String stage) {
        String name = "skete_launch_seconds{stage=\"" + stage + "\",quantile=\"0.5\"} ";
        return agents().stream()
                .flatMap(agent -> metrics(agent).lines())
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> 1000 * Double.parseDouble(line.substring(name.length())))
                .max()
                .orElse(Double.NaN);
    }

    private List<Pod> agents() {
        return sandbox.client()
                .pods()
                .inNamespace(Installation.NAMESPACE)
                .withLabel("app.kubernetes.io/component", "node-agent")
                .list()
                .getItems();
    }

    private String metrics(Pod agent) {
        return sandbox.installation()
                .kubectl(
                        "get",
                        "--raw",
                        "/api/v1/namespaces/" + Installation.NAMESPACE + "/pods/"
                                + agent.getMetadata().getName() + ":9412/proxy/q/metrics")
                .run();
    }
}

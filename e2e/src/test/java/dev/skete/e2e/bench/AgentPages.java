package dev.skete.e2e.bench;

import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The agents' metrics, by node, asked through the API server.
 *
 * @param client asks once: one that asks again by itself, after 0.1, 0.2, 0.4 seconds and so on, sees late that an agent is back
 */
record AgentPages(KubernetesClient client, Map<String, Pod> agents) {

    static AgentPages of(Sandbox sandbox) {
        List<Pod> pods = sandbox.client()
                .pods()
                .inNamespace(Installation.NAMESPACE)
                .withLabel("app.kubernetes.io/component", "node-agent")
                .list()
                .getItems();
        var once = new ConfigBuilder(sandbox.client().getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        return new AgentPages(
                new KubernetesClientBuilder().withConfig(once).build(),
                pods.stream().collect(Collectors.toMap(pod -> pod.getSpec().getNodeName(), Function.identity())));
    }

    /** One metric of one node's agent, named with its labels; empty while the agent does not answer. */
    OptionalDouble value(String node, String metric) {
        var pod =
                Objects.requireNonNull(agents.get(node), "no agent on " + node).getMetadata();
        var path = "/api/v1/namespaces/" + pod.getNamespace() + "/pods/" + pod.getName() + ":9412/proxy/metrics";
        try {
            return Objects.requireNonNullElse(client.raw(path), "")
                    .lines()
                    .filter(line -> line.startsWith(metric + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                    .findFirst();
        } catch (KubernetesClientException e) {
            return OptionalDouble.empty();
        }
    }

    /** The largest of the nodes. */
    double largest(String metric) {
        return agents.keySet().stream()
                .flatMapToDouble(node -> value(node, metric).stream())
                .max()
                .orElse(Double.NaN);
    }
}

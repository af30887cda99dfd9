package dev.skete.e2e.chaos;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.Labels;
import dev.skete.api.Unikernel;
import dev.skete.e2e.chaos.World.Placed;
import dev.skete.e2e.cluster.Faults;
import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks at the cluster as its users do, and at its nodes as their administrator does. */
final class Observer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String COMPONENT = "app.kubernetes.io/component";

    private final Sandbox sandbox;
    private final Faults faults;
    private final List<String> nodes;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Observer(Sandbox sandbox, Faults faults, List<String> nodes) {
        this.sandbox = sandbox;
        this.faults = faults;
        this.nodes = nodes;
    }

    World look() {
        var looks = each(nodes, this::node);
        var views = IntStream.range(0, nodes.size()).boxed().collect(Collectors.toMap(nodes::get, looks::get));
        var pods = sandbox.client().pods().inAnyNamespace().list().getItems();
        var told =
                sandbox.client().resources(Unikernel.class).inNamespace(sandbox.namespace()).list().getItems().stream()
                        .collect(Collectors.toMap(uk -> uk.getMetadata().getName(), Told::of));
        var guests = pods.stream()
                .filter(pod -> pod.getMetadata().getNamespace().equals(sandbox.namespace()))
                .filter(pod -> pod.getMetadata().getLabels().containsKey(Labels.UNIKERNEL))
                .toList();
        return new World(
                each(guests, pod -> guest(pod, views)),
                told,
                pods.stream().map(Observer::placed).toList(),
                skete(),
                views);
    }

    private <K, V> List<V> each(List<K> keys, Function<K, V> look) {
        var looks =
                keys.stream().map(key -> threads.submit(() -> look.apply(key))).toList();
        return looks.stream().map(Observer::seen).toList();
    }

    private static <V> V seen(Future<V> look) {
        try {
            return look.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private NodeView node(String node) {
        return NodeView.parse(faults.onNode(node, "env", "NODE=" + node, "sh", "-c", NodeView.LOOK));
    }

    private Guest guest(Pod pod, Map<String, NodeView> views) {
        var status = pod.getStatus();
        var container = status.getContainerStatuses().stream().findFirst();
        boolean ready = container.map(ContainerStatus::getReady).orElse(false);
        var ip = requireNonNullElse(status.getPodIP(), "");
        var node = requireNonNullElse(pod.getSpec().getNodeName(), "");
        var view = views.get(node);
        boolean stopped = view != null
                && view.processes().stream()
                        .anyMatch(p ->
                                p.stopped() && p.pod().equals(pod.getMetadata().getUid()));
        return new Guest(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                pod.getMetadata().getLabels().getOrDefault(Labels.UNIKERNEL, ""),
                node,
                ip,
                pod.getMetadata().getDeletionTimestamp() != null,
                over(pod),
                container.map(ContainerStatus::getRestartCount).orElse(0),
                ready,
                ready && !stopped ? answer(ip) : "");
    }

    private static String answer(String ip) {
        try {
            return new GuestHttp(ip, PATIENCE).get("/").lines().limit(2).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean over(Pod pod) {
        var phase = pod.getStatus().getPhase();
        return "Failed".equals(phase) || "Succeeded".equals(phase);
    }

    private static Placed placed(Pod pod) {
        var labels = requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        boolean skete = pod.getMetadata().getNamespace().equals(Installation.NAMESPACE);
        return new Placed(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                requireNonNullElse(pod.getSpec().getNodeName(), ""),
                skete ? labels.getOrDefault(COMPONENT, "") : "",
                Boolean.TRUE.equals(pod.getSpec().getHostNetwork()),
                over(pod),
                pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(ContainerStatus::getRestartCount)
                        .sum());
    }

    private List<String> skete() {
        var found = new ArrayList<String>();
        var apps = sandbox.client().apps();
        for (var agents :
                apps.daemonSets().inNamespace(Installation.NAMESPACE).list().getItems()) {
            var status = agents.getStatus();
            boolean seen = agents.getMetadata().getGeneration().equals(status.getObservedGeneration());
            int updated = requireNonNullElse(status.getUpdatedNumberScheduled(), 0);
            if (!seen || status.getNumberReady() != nodes.size() || updated != nodes.size()) {
                found.add("of " + nodes.size() + " agents " + status.getNumberReady() + " are ready, " + updated
                        + " new");
            }
        }
        for (var operator :
                apps.deployments().inNamespace(Installation.NAMESPACE).list().getItems()) {
            if (requireNonNullElse(operator.getStatus().getReadyReplicas(), 0) < 1) {
                found.add("the operator is not ready");
            }
        }
        return found;
    }

    @Override
    public void close() {
        threads.close();
    }
}

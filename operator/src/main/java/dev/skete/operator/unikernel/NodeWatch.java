package dev.skete.operator.unikernel;

import dev.skete.api.GuestStatus;
import dev.skete.api.Unikernel;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import dev.skete.operator.unikernel.status.NodeView;
import io.fabric8.kubernetes.api.model.Node;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Watches what nodes offer, and whether they are well. Nodes change often; Unikernels hear of it only when an accelerator appears in the
 * cluster or vanishes from it, and those with guests on a node when it turns ready or not.
 */
final class NodeWatch {
    private final InformerEventSource<Node, Unikernel> nodes;
    private final AtomicReference<NodeOffers> told = new AtomicReference<>(new NodeOffers(false, false));
    private final AtomicReference<Map<String, NodeView>> toldOf = new AtomicReference<>(Map.of());

    NodeWatch(EventSourceContext<Unikernel> context) {
        var unikernels = context.getPrimaryCache();
        var configuration = InformerEventSourceConfiguration.from(Node.class, Unikernel.class)
                .withName("nodes")
                .withPrimaryToSecondaryMapper((Unikernel u) -> Set.of())
                .withSecondaryToPrimaryMapper(n -> concerned(unikernels))
                .build();
        nodes = new InformerEventSource<>(configuration, context);
    }

    InformerEventSource<Node, Unikernel> eventSource() {
        return nodes;
    }

    NodeOffers offers() {
        return NodeOffers.of(nodes.list());
    }

    /** The nodes by name. */
    Map<String, NodeView> byName() {
        return NodeView.of(nodes.list());
    }

    private Set<ResourceID> concerned(IndexerResourceCache<Unikernel> unikernels) {
        var offers = offers();
        var views = byName();
        boolean all = !told.getAndSet(offers).equals(offers);
        var turned = turned(toldOf.getAndSet(views), views);
        Stream<Unikernel> concerned =
                all || !turned.isEmpty() ? unikernels.list().filter(u -> all || hasGuestOn(turned, u)) : Stream.empty();
        return concerned.map(ResourceID::fromResource).collect(Collectors.toSet());
    }

    private static Set<String> turned(Map<String, NodeView> before, Map<String, NodeView> after) {
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .collect(Collectors.toSet());
    }

    private static boolean hasGuestOn(Set<String> nodes, Unikernel unikernel) {
        return Stream.ofNullable(unikernel.getStatus())
                .flatMap(s -> Objects.requireNonNullElse(s.guests(), List.<GuestStatus>of()).stream())
                .anyMatch(g -> g.node() != null && nodes.contains(g.node()));
    }
}

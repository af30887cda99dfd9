package dev.skete.operator.unikernel;

import dev.skete.api.Unikernel;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import io.fabric8.kubernetes.api.model.Node;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Watches what nodes offer. Nodes change often; Unikernels hear of it only when an accelerator appears in the cluster or vanishes from it. */
final class NodeWatch {
    private final InformerEventSource<Node, Unikernel> nodes;
    private final AtomicReference<NodeOffers> told = new AtomicReference<>(new NodeOffers(false, false));

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

    private Set<ResourceID> concerned(IndexerResourceCache<Unikernel> unikernels) {
        var offers = offers();
        Stream<Unikernel> concerned = told.getAndSet(offers).equals(offers) ? Stream.empty() : unikernels.list();
        return concerned.map(ResourceID::fromResource).collect(Collectors.toSet());
    }
}

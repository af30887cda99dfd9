package dev.skete.operator.unikernel;

import dev.skete.api.Labels;
import dev.skete.api.Unikernel;
import dev.skete.operator.unikernel.compile.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.Locale;
import java.util.Set;

/** Watches on what Skete made, found by label, so that other people's objects take no memory here. */
final class Watches {
    private final EventSourceContext<Unikernel> context;
    private final AppliedMemory memory;

    Watches(EventSourceContext<Unikernel> context, AppliedMemory memory) {
        this.context = context;
        this.memory = memory;
    }

    /** Children lead to their Unikernel by owner reference. */
    <T extends HasMetadata> InformerEventSource<T, Unikernel> children(Class<T> kind) {
        var configuration = InformerEventSourceConfiguration.from(kind, Unikernel.class)
                .withName(kind.getSimpleName().toLowerCase(Locale.ROOT))
                .withLabelSelector(Marks.SELECTOR)
                .withItemStore(new SlimStore<>(memory))
                .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(Unikernel.class))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** Pods belong to a ReplicaSet or a Job, and the Jobs of a schedule to a CronJob, so a label leads to their Unikernel. */
    <T extends HasMetadata> InformerEventSource<T, Unikernel> labelled(Class<T> kind) {
        var configuration = InformerEventSourceConfiguration.from(kind, Unikernel.class)
                .withName(kind.getSimpleName().toLowerCase(Locale.ROOT))
                .withLabelSelector(Marks.SELECTOR + "," + Labels.UNIKERNEL)
                .withItemStore(new SlimStore<>(memory))
                .withSecondaryToPrimaryMapper(object -> Set.of(new ResourceID(
                        object.getMetadata().getLabels().get(Labels.UNIKERNEL),
                        object.getMetadata().getNamespace())))
                .build();
        return new InformerEventSource<>(configuration, context);
    }
}

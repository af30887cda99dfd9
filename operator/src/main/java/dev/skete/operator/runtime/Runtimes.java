package dev.skete.operator.runtime;

import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Watches the runtimes: a change to one is an event for every Unikernel that uses it. */
public final class Runtimes {
    private static final String USERS = "users-of-runtime";

    private Runtimes() {}

    /** The event source that connects runtimes with their users. */
    public static InformerEventSource<UnikernelRuntime, Unikernel> eventSource(EventSourceContext<Unikernel> context) {
        var unikernels = context.getPrimaryCache();
        unikernels.addIndexer(USERS, u -> List.of(u.getSpec().runtime()));
        var configuration = InformerEventSourceConfiguration.from(UnikernelRuntime.class, Unikernel.class)
                .withName("runtimes")
                .withPrimaryToSecondaryMapper(
                        (Unikernel u) -> Set.of(new ResourceID(u.getSpec().runtime())))
                .withSecondaryToPrimaryMapper(r -> usersOf(r, unikernels))
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    /** Judges what a Unikernel's lookup brought. */
    public static RuntimeLookup lookup(Unikernel unikernel, Optional<UnikernelRuntime> found) {
        var name = unikernel.getSpec().runtime();
        return found.map(r -> RuntimeLookup.KNOWN_VMMS.contains(r.getSpec().vmm())
                        ? new RuntimeLookup.Found(r.getSpec())
                        : new RuntimeLookup.UnknownVmm(name, r.getSpec().vmm()))
                .orElseGet(() -> new RuntimeLookup.Missing(name));
    }

    private static Set<ResourceID> usersOf(UnikernelRuntime runtime, IndexerResourceCache<Unikernel> unikernels) {
        return unikernels.byIndex(USERS, runtime.getMetadata().getName()).stream()
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}

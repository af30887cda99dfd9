package dev.skete.operator.unikernel.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects that run one Unikernel. The workload is a Deployment or a Job. */
public record Children(HasMetadata workload, Optional<Service> service, Optional<PodDisruptionBudget> budget) {

    /** All of them, in the order in which they are applied: the Service first, so that guests find it when they start. */
    public List<HasMetadata> all() {
        return Stream.of(service, Optional.of(workload), budget)
                .<HasMetadata>flatMap(Optional::stream)
                .toList();
    }
}

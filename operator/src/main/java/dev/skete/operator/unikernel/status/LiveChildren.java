package dev.skete.operator.unikernel.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The children of a Unikernel that exist, all of them its own. */
public record LiveChildren(
        Optional<Deployment> deployment,
        Optional<Job> job,
        Optional<Service> service,
        Optional<PodDisruptionBudget> budget) {

    /** No children. */
    public static final LiveChildren NONE =
            new LiveChildren(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The Deployment or the Job. */
    public Optional<HasMetadata> workload() {
        return deployment.<HasMetadata>map(d -> d).or(() -> job);
    }

    /** All that exist. */
    public List<HasMetadata> all() {
        return Stream.of(deployment, job, service, budget)
                .<HasMetadata>flatMap(Optional::stream)
                .toList();
    }

    /** The one of a kind. */
    public Optional<HasMetadata> ofKind(String kind) {
        return all().stream().filter(c -> c.getKind().equals(kind)).findFirst();
    }

    /** The same with one child created, or replaced by a newer state of it. */
    public LiveChildren with(HasMetadata child) {
        return switch (child) {
            case Deployment d -> new LiveChildren(Optional.of(d), job, service, budget);
            case Job j -> new LiveChildren(deployment, Optional.of(j), service, budget);
            case Service s -> new LiveChildren(deployment, job, Optional.of(s), budget);
            case PodDisruptionBudget b -> new LiveChildren(deployment, job, service, Optional.of(b));
            default -> throw new IllegalArgumentException("a Unikernel has no child of kind " + child.getKind());
        };
    }

    /** The same without one child. */
    public LiveChildren without(HasMetadata child) {
        return switch (child) {
            case Deployment d -> new LiveChildren(Optional.empty(), job, service, budget);
            case Job j -> new LiveChildren(deployment, Optional.empty(), service, budget);
            case Service s -> new LiveChildren(deployment, job, Optional.empty(), budget);
            case PodDisruptionBudget b -> new LiveChildren(deployment, job, service, Optional.empty());
            default -> throw new IllegalArgumentException("a Unikernel has no child of kind " + child.getKind());
        };
    }
}

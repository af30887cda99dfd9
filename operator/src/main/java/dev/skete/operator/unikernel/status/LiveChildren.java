package dev.skete.operator.unikernel.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The children of a Unikernel that exist, all of them its own.
 *
 * @param all the children, at most one of each kind
 * @param runs the Jobs that its CronJob started
 */
public record LiveChildren(List<HasMetadata> all, List<Job> runs) {

    /** No children. */
    public static final LiveChildren NONE = new LiveChildren(List.of(), List.of());

    public Optional<Deployment> deployment() {
        return only(Deployment.class);
    }

    public Optional<Job> job() {
        return only(Job.class);
    }

    public Optional<CronJob> cronJob() {
        return only(CronJob.class);
    }

    public Optional<Service> service() {
        return only(Service.class);
    }

    /** The Deployment, the Job or the CronJob. */
    public Optional<HasMetadata> workload() {
        return deployment().<HasMetadata>map(d -> d).or(this::job).or(this::cronJob);
    }

    /** The one of a kind. */
    public Optional<HasMetadata> ofKind(String kind) {
        return all.stream().filter(c -> c.getKind().equals(kind)).findFirst();
    }

    /** The same with one child created, or replaced by a newer state of it. */
    public LiveChildren with(HasMetadata child) {
        return new LiveChildren(
                Stream.concat(without(child).all.stream(), Stream.of(child)).toList(), runs);
    }

    /** The same without one child. */
    public LiveChildren without(HasMetadata child) {
        return new LiveChildren(
                all.stream().filter(c -> !c.getKind().equals(child.getKind())).toList(), runs);
    }

    private <T extends HasMetadata> Optional<T> only(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}

package dev.skete.operator.unikernel;

import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import dev.skete.operator.runtime.Runtimes;
import dev.skete.operator.unikernel.compile.GuestSeccomp;
import dev.skete.operator.unikernel.compile.Marks;
import dev.skete.operator.unikernel.status.LiveChildren;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads everything a decision about a Unikernel depends on: from the watches' caches, and events of pods that are stuck. */
final class Observer {
    private Observer() {}

    static Snapshot observe(
            Unikernel unikernel,
            Context<Unikernel> context,
            NodeWatch nodes,
            MountFailures mounts,
            GuestSeccomp seccomp) {
        var children = children(unikernel, context);
        return new Snapshot(
                unikernel,
                Runtimes.lookup(unikernel, context.getSecondaryResource(UnikernelRuntime.class)),
                children,
                mounts.toldIn(pods(context, children)),
                nodes.offers(),
                nodes.byName(),
                seccomp);
    }

    private static LiveChildren children(Unikernel unikernel, Context<Unikernel> context) {
        var own = Stream.of(Deployment.class, Job.class, CronJob.class, Service.class, PodDisruptionBudget.class)
                .<HasMetadata>flatMap(kind -> own(unikernel, context, kind).stream())
                .toList();
        var children = new LiveChildren(own, List.of());
        return children.cronJob()
                .map(schedule -> new LiveChildren(own, runs(schedule, context)))
                .orElse(children);
    }

    /** kubectl create job --from makes an owner reference too, but none of a controller. */
    private static List<Job> runs(CronJob schedule, Context<Unikernel> context) {
        return context.getSecondaryResourcesAsStream(Job.class)
                .filter(job -> job.getMetadata().getOwnerReferences().stream()
                        .anyMatch(o -> o.getUid().equals(schedule.getMetadata().getUid())))
                .toList();
    }

    private static <T extends HasMetadata> Optional<T> own(
            Unikernel unikernel, Context<Unikernel> context, Class<T> kind) {
        return context.getSecondaryResourcesAsStream(kind)
                .filter(c -> Marks.controls(unikernel, c))
                .filter(c ->
                        c.getMetadata().getName().equals(unikernel.getMetadata().getName()))
                .findFirst();
    }

    private static List<Pod> pods(Context<Unikernel> context, LiveChildren children) {
        return context.getSecondaryResourcesAsStream(Pod.class)
                .filter(p -> madeFor(p, children))
                .toList();
    }

    /** A label can be put on any pod; an owner reference to our Jobs, or to a ReplicaSet named after our Deployment, is not given by chance. */
    private static boolean madeFor(Pod pod, LiveChildren children) {
        return Marks.controller(pod)
                .filter(o -> switch (o.getKind()) {
                    case "Job" ->
                        Stream.concat(children.job().stream(), children.runs().stream())
                                .anyMatch(j -> o.getUid().equals(j.getMetadata().getUid()));
                    case "ReplicaSet" ->
                        children.deployment()
                                .filter(d ->
                                        o.getName().startsWith(d.getMetadata().getName() + "-"))
                                .isPresent();
                    default -> false;
                })
                .isPresent();
    }
}

package dev.skete.operator.unikernel;

import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import dev.skete.operator.runtime.Runtimes;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import dev.skete.operator.unikernel.compile.Marks;
import dev.skete.operator.unikernel.status.LiveChildren;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/** Reads everything a decision about a Unikernel depends on: from the watches' caches, and events of pods that are stuck. */
final class Observer {
    private Observer() {}

    static Snapshot observe(Unikernel unikernel, Context<Unikernel> context, NodeOffers offers, MountFailures mounts) {
        var children = new LiveChildren(
                own(unikernel, context, Deployment.class),
                own(unikernel, context, Job.class),
                own(unikernel, context, Service.class),
                own(unikernel, context, PodDisruptionBudget.class));
        return new Snapshot(
                unikernel,
                Runtimes.lookup(unikernel, context.getSecondaryResource(UnikernelRuntime.class)),
                children,
                mounts.toldIn(pods(context, children)),
                offers);
    }

    private static <T extends HasMetadata> Optional<T> own(
            Unikernel unikernel, Context<Unikernel> context, Class<T> kind) {
        return context.getSecondaryResourcesAsStream(kind)
                .filter(c -> Marks.owns(unikernel, c))
                .filter(c ->
                        c.getMetadata().getName().equals(unikernel.getMetadata().getName()))
                .findFirst();
    }

    private static List<Pod> pods(Context<Unikernel> context, LiveChildren children) {
        return context.getSecondaryResourcesAsStream(Pod.class)
                .filter(p -> children.workload().filter(w -> madeFor(p, w)).isPresent())
                .toList();
    }

    /** A label can be put on any pod; an owner reference to our Job, or to a ReplicaSet named after our Deployment, is not given by chance. */
    private static boolean madeFor(Pod pod, HasMetadata workload) {
        return Marks.controller(pod)
                .filter(o -> switch (o.getKind()) {
                    case "Job" -> o.getUid().equals(workload.getMetadata().getUid());
                    case "ReplicaSet" ->
                        o.getName().startsWith(workload.getMetadata().getName() + "-");
                    default -> false;
                })
                .isPresent();
    }
}

package dev.skete.operator.unikernel.compile;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.Defaults;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of a compiled workload can be written over the one there is, given that guests must run neither twice nor never, nor restart unasked. */
public final class LiveWorkload {
    private LiveWorkload() {}

    /** The wanted workload, with what must stay of the live one, given its pods. */
    public static HasMetadata over(HasMetadata live, HasMetadata wanted, List<Pod> pods) {
        return switch (wanted) {
            case Job job when live instanceof Job there -> over(there, job, pods);
            case Deployment deployment
            when live instanceof Deployment there && isOnlyCompiledAnew(there, deployment) -> over(there, deployment);
            default -> wanted;
        };
    }

    /** Without its time to live: were the Job removed before anybody noted how it ended, it would be created and run again. */
    public static HasMetadata untilItsEndIsNoted(HasMetadata wanted) {
        if (!(wanted instanceof Job job)) {
            return wanted;
        }
        return new JobBuilder(job)
                .editSpec()
                .withTtlSecondsAfterFinished(null)
                .endSpec()
                .build();
    }

    /**
     * A Job's template and failure policy cannot change. The API keeps a spec from asking for it; a changed runtime, accelerator or
     * operator may, and counts for later runs only. The rest, {@code suspend} above all, still applies. Kubernetes counts pods that a node
     * refused, so there is one failure more to allow for each.
     */
    private static Job over(Job live, Job wanted, List<Pod> pods) {
        var kept = new JobBuilder(wanted)
                .editSpec()
                .withBackoffLimit(requireNonNullElse(wanted.getSpec().getBackoffLimit(), Defaults.BACKOFF_LIMIT)
                        + NodeRefusal.counted(live, pods))
                .withPodFailurePolicy(live.getSpec().getPodFailurePolicy())
                .endSpec();
        if (Marks.agree(Marks.TEMPLATE, live, wanted)) {
            return kept.build();
        }
        return kept.editMetadata()
                .addToAnnotations(annotations(live))
                .endMetadata()
                .editSpec()
                .withTemplate(live.getSpec().getTemplate())
                .endSpec()
                .build();
    }

    private static Deployment over(Deployment live, Deployment wanted) {
        return new DeploymentBuilder(wanted)
                .editMetadata()
                .addToAnnotations(annotations(live))
                .endMetadata()
                .editSpec()
                .withTemplate(live.getSpec().getTemplate())
                .endSpec()
                .build();
    }

    /** Of the same Unikernel and runtime an earlier operator made another template: that alone is no reason to restart guests. */
    private static boolean isOnlyCompiledAnew(Deployment live, Deployment wanted) {
        return Marks.agree(Marks.ASKED, live, wanted)
                && Marks.agree(Marks.ACCELERATOR, live, wanted)
                && !Marks.agree(Marks.TEMPLATE, live, wanted);
    }

    private static Map<String, String> annotations(HasMetadata live) {
        var kept = new TreeMap<String, String>();
        List.of(Marks.ACCELERATOR, Marks.ASKED, Marks.TEMPLATE)
                .forEach(key -> Marks.annotation(live, key).ifPresent(value -> kept.put(key, value)));
        return kept;
    }
}

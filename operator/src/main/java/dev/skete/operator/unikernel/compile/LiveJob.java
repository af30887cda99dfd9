package dev.skete.operator.unikernel.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of a compiled Job can be written, given that its guests must run neither twice nor never. */
public final class LiveJob {
    private LiveJob() {}

    /**
     * A Job's template cannot change. The API keeps a spec from asking for it; a changed runtime, accelerator or operator may, and counts
     * for later runs only. The rest, {@code suspend} above all, still applies.
     */
    public static HasMetadata keepingTemplate(HasMetadata wanted, Job live) {
        if (!(wanted instanceof Job job)) {
            return wanted;
        }
        return new JobBuilder(job)
                .editMetadata()
                .addToAnnotations(annotations(live))
                .endMetadata()
                .editSpec()
                .withTemplate(live.getSpec().getTemplate())
                .endSpec()
                .build();
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

    private static Map<String, String> annotations(Job live) {
        var kept = new TreeMap<String, String>();
        List.of(Marks.ACCELERATOR, Marks.TEMPLATE)
                .forEach(key -> Marks.annotation(live, key).ifPresent(value -> kept.put(key, value)));
        return kept;
    }
}

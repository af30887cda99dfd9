package dev.skete.operator.unikernel.compile;

import dev.skete.api.GuestReason;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/** A pod that a kubelet did not take, because its devices were not there: the node or its node agent had just started anew. */
public final class NodeRefusal {
    private static final String REASON = "UnexpectedAdmissionError";

    private NodeRefusal() {}

    /** Whether a pod failed so. */
    public static boolean is(Pod pod) {
        return REASON.equals(pod.getStatus().getReason());
    }

    /** How many failures of a Job were such refusals. Its failure policy, if it has one, ignores those whose guest had run before. */
    static int counted(Job job, List<Pod> pods) {
        boolean hasPolicy = job.getSpec().getPodFailurePolicy() != null;
        return (int) pods.stream()
                .filter(pod -> Marks.controls(job, pod) && is(pod) && !(hasPolicy && ran(pod)))
                .count();
    }

    private static boolean ran(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(c -> c.getType().equals(GuestReason.CONDITION_TYPE) && "True".equals(c.getStatus()));
    }
}

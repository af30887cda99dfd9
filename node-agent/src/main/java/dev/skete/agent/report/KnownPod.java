package dev.skete.agent.report;

import dev.skete.api.GuestReason;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;

/**
 * What the agent remembers of a pod.
 *
 * @param uid tells the pod from another of the same name
 * @param condition the guest's condition as the API server has it
 */
record KnownPod(String namespace, String name, String uid, Optional<PodCondition> condition) {

    static KnownPod of(Pod pod) {
        var conditions = pod.getStatus().getConditions().stream();
        return new KnownPod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                conditions
                        .filter(condition -> condition.getType().equals(GuestReason.CONDITION_TYPE))
                        .findFirst());
    }

    /** Whether the API server already says this. */
    boolean says(GuestCondition wanted) {
        return condition
                .filter(has -> wanted.status().name().equals(has.getStatus())
                        && wanted.reason().name().equals(has.getReason())
                        && wanted.message().equals(has.getMessage()))
                .isPresent();
    }
}

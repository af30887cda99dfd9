package dev.skete.agent.report;

import io.fabric8.kubernetes.api.model.PodCondition;

/**
 * A guest's condition as the API server has it.
 *
 * @param since when its status last changed, RFC 3339
 */
record Reported(String status, String reason, String message, String since) {

    static Reported of(PodCondition condition) {
        return new Reported(
                condition.getStatus(),
                String.valueOf(condition.getReason()),
                String.valueOf(condition.getMessage()),
                condition.getLastTransitionTime());
    }

    static Reported of(GuestCondition condition, String since) {
        return new Reported(condition.status().name(), condition.reason().name(), condition.message(), since);
    }

    boolean says(GuestCondition wanted) {
        return equals(of(wanted, since));
    }
}

package dev.skete.agent.launch;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.vmm.PlanRules;
import dev.skete.api.InvalidLaunchPlanException;
import dev.skete.api.LaunchPlan;
import dev.skete.api.LaunchPlanJson;
import org.jspecify.annotations.Nullable;

/** Reads a launch plan from its variable, checks it, and says why not in the agent's terms. */
final class PlanReader {
    /** Linux takes no longer variable (MAX_ARG_STRLEN), but a pod need not have one to send one. */
    private static final int LONGEST = 128 * 1024;

    private PlanReader() {}

    static LaunchPlan read(@Nullable String text) throws RefusedException {
        if (text == null) {
            throw new RefusedException(
                    RefusalReason.BadPlan,
                    "the variable %s is not set; guests are started by Skete's operator"
                            .formatted(LaunchPlan.VARIABLE));
        }
        if (text.length() > LONGEST) {
            throw new RefusedException(RefusalReason.BadPlan, "launch plan: longer than 128 KiB");
        }
        try {
            var plan = LaunchPlanJson.decode(text);
            // Before anything is done for it: ports become sockets.
            PlanRules.check(plan);
            return plan;
        } catch (InvalidLaunchPlanException e) {
            throw new RefusedException(reason(e.problem()), String.valueOf(e.getMessage()), e);
        }
    }

    private static RefusalReason reason(InvalidLaunchPlanException.Problem problem) {
        return switch (problem) {
            case UNKNOWN_VERSION, UNKNOWN_FIELD -> RefusalReason.UnsupportedPlanVersion;
            case NOT_JSON, MISSING_FIELD, BAD_VALUE -> RefusalReason.BadPlan;
        };
    }
}

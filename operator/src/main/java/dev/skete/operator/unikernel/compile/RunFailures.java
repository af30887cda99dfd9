package dev.skete.operator.unikernel.compile;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.GuestReason;
import dev.skete.api.JobOptions;
import dev.skete.api.PodFailurePolicy.Action;
import dev.skete.api.PodFailurePolicy.ExitCodes;
import dev.skete.api.PodFailurePolicy.Operator;
import dev.skete.api.PodFailurePolicy.PodConditionMatch;
import dev.skete.api.PodFailurePolicy.Rule;
import dev.skete.api.RestartPolicy;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnExitCodesRequirement;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnExitCodesRequirementBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnPodConditionsPattern;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which pods that failed count as failures of the guest (docs/adr/0008): what the user says about them, and then those with an exit
 * code. A pod that was drained away, or that failed without any while its guest ran, was lost by its node; another guest is started.
 * One that its node refused before its guest ran cannot be told by a rule, so {@link LiveWorkload} allows one failure more for each.
 */
final class RunFailures {
    private static final Rule DRAINED = ignore("DisruptionTarget");
    private static final Rule ENDED = new Rule(Action.Count, new ExitCodes(Operator.NotIn, List.of(0)), null);

    /** A node that restarts refuses the pods it had, before its node agent is back: they fail without an exit code. */
    private static final Rule REFUSED_WHILE_RUNNING = ignore(GuestReason.CONDITION_TYPE);

    /** Where a guest's first failure ends the run by rule, so many pods may be refused before anybody has seen the first. */
    private static final int REFUSALS = 6;

    private RunFailures() {}

    /** That of a Job. Where no failure is allowed the rules see to it, and what is left to count are pods refused by their node. */
    static @Nullable Integer backoffLimit(PodTemplateSpec template, JobOptions options) {
        return failsAtOnce(template, options) ? Integer.valueOf(REFUSALS) : options.backoffLimit();
    }

    /** The policy of a Job; none where Kubernetes allows none. */
    static @Nullable PodFailurePolicy policy(PodTemplateSpec template, JobOptions options) {
        if (!hasPolicy(template)) {
            return null;
        }
        var wanted = options.podFailurePolicy();
        var own = wanted == null ? List.<Rule>of() : wanted.rules();
        boolean failsAtOnce = failsAtOnce(template, options);
        return new PodFailurePolicyBuilder()
                .withRules(Stream.concat(own.stream(), Stream.of(DRAINED, ENDED, REFUSED_WHILE_RUNNING))
                        .map(rule -> failsAtOnce ? last(rule) : rule)
                        .map(RunFailures::rule)
                        .toList())
                .build();
    }

    private static boolean hasPolicy(PodTemplateSpec template) {
        return template.getSpec().getRestartPolicy().equals(RestartPolicy.Never.name());
    }

    private static boolean failsAtOnce(PodTemplateSpec template, JobOptions options) {
        return hasPolicy(template) && noneAllowed(options);
    }

    static boolean noneAllowed(JobOptions options) {
        return Integer.valueOf(0).equals(options.backoffLimit());
    }

    /** What counts is one failure too many. */
    private static Rule last(Rule rule) {
        return rule.action() == Action.Count
                ? new Rule(Action.FailJob, rule.onExitCodes(), rule.onPodConditions())
                : rule;
    }

    private static Rule ignore(String condition) {
        return new Rule(Action.Ignore, null, List.of(new PodConditionMatch(condition, "True")));
    }

    private static PodFailurePolicyRule rule(Rule rule) {
        return new PodFailurePolicyRuleBuilder()
                .withAction(rule.action().name())
                .withOnExitCodes(rule.onExitCodes() == null ? null : exitCodes(rule.onExitCodes()))
                .withOnPodConditions(requireNonNullElse(rule.onPodConditions(), List.<PodConditionMatch>of()).stream()
                        .map(c -> new PodFailurePolicyOnPodConditionsPattern(
                                requireNonNullElse(c.status(), "True"), c.type()))
                        .toList())
                .build();
    }

    /** In order, as the API server wants them. */
    private static PodFailurePolicyOnExitCodesRequirement exitCodes(ExitCodes codes) {
        return new PodFailurePolicyOnExitCodesRequirementBuilder()
                .withContainerName(GuestContainer.NAME)
                .withOperator(codes.operator().name())
                .withValues(codes.values().stream().sorted().toList())
                .build();
    }
}

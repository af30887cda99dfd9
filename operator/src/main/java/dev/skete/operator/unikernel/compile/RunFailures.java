package dev.skete.operator.unikernel.compile;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.GuestReason;
import dev.skete.api.PodFailurePolicy;
import dev.skete.api.PodFailurePolicy.Action;
import dev.skete.api.PodFailurePolicy.ExitCodes;
import dev.skete.api.PodFailurePolicy.Operator;
import dev.skete.api.PodFailurePolicy.PodConditionMatch;
import dev.skete.api.PodFailurePolicy.Rule;
import dev.skete.api.RestartPolicy;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
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
 */
final class RunFailures {
    /** A node that restarts refuses the pods it had, before its node agent is back: they fail without an exit code. */
    private static final List<Rule> NODES_FAULT = List.of(
            new Rule(Action.Ignore, null, List.of(new PodConditionMatch("DisruptionTarget", "True"))),
            new Rule(Action.Count, new ExitCodes(Operator.NotIn, List.of(0)), null),
            new Rule(Action.Ignore, null, List.of(new PodConditionMatch(GuestReason.CONDITION_TYPE, "True"))));

    private RunFailures() {}

    /** The policy of a Job; none where Kubernetes allows none. */
    static io.fabric8.kubernetes.api.model.batch.v1.@Nullable PodFailurePolicy policy(
            PodTemplateSpec template, @Nullable PodFailurePolicy wanted) {
        if (!template.getSpec().getRestartPolicy().equals(RestartPolicy.Never.name())) {
            return null;
        }
        var own = wanted == null ? List.<Rule>of() : wanted.rules();
        return new PodFailurePolicyBuilder()
                .withRules(Stream.concat(own.stream(), NODES_FAULT.stream())
                        .map(RunFailures::rule)
                        .toList())
                .build();
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

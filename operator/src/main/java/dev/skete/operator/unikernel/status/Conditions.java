package dev.skete.operator.unikernel.status;

import dev.skete.api.ConditionType;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects conditions; a condition whose value did not change keeps the time of its last transition. */
final class Conditions {
    private final List<Condition> before;
    private final long generation;
    private final Instant now;
    private final List<Condition> collected = new ArrayList<>();

    Conditions(List<Condition> before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    void add(ConditionType type, boolean value, String reason, String message) {
        var status = value ? "True" : "False";
        collected.add(new ConditionBuilder()
                .withType(type.name())
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withObservedGeneration(generation)
                .withLastTransitionTime(since(type, status))
                .build());
    }

    /** Keeps what was known, where nothing new is. */
    void carryOver(ConditionType type) {
        before.stream()
                .filter(c -> type.name().equals(c.getType()))
                .findFirst()
                .ifPresent(c -> add(type, "True".equals(c.getStatus()), c.getReason(), c.getMessage()));
    }

    List<Condition> list() {
        return List.copyOf(collected);
    }

    private String since(ConditionType type, String status) {
        return before.stream()
                .filter(c -> type.name().equals(c.getType()) && status.equals(c.getStatus()))
                .map(Condition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(now::toString);
    }
}

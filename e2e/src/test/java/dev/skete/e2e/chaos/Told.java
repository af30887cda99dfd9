package dev.skete.e2e.chaos;

import dev.skete.api.ConditionType;
import dev.skete.api.GuestState;
import dev.skete.api.GuestStatus;
import dev.skete.api.Unikernel;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a Unikernel's status says.
 *
 * @param current whether it is about the latest spec
 * @param ready value and reason of the condition Ready
 * @param complete whether it is said to have run to its end
 * @param running the guests said to run, by pod, and how often each was started again
 */
record Told(
        boolean current,
        String ready,
        boolean complete,
        int replicas,
        int readyReplicas,
        Map<String, Integer> running) {

    static Told of(Unikernel unikernel) {
        var status = unikernel.getStatus();
        if (status == null) {
            return new Told(false, "nothing", false, 0, 0, Map.of());
        }
        var conditions = Objects.requireNonNullElse(status.conditions(), List.<Condition>of());
        return new Told(
                Objects.equals(
                        status.observedGeneration(), unikernel.getMetadata().getGeneration()),
                condition(conditions, ConditionType.Ready)
                        .map(c -> c.getStatus() + " " + c.getReason())
                        .orElse("nothing"),
                condition(conditions, ConditionType.Complete)
                        .filter(c -> c.getStatus().equals("True"))
                        .isPresent(),
                Objects.requireNonNullElse(status.replicas(), 0),
                Objects.requireNonNullElse(status.readyReplicas(), 0),
                Objects.requireNonNullElse(status.guests(), List.<GuestStatus>of()).stream()
                        .filter(guest -> guest.state() == GuestState.Running)
                        .collect(Collectors.toMap(
                                GuestStatus::pod, guest -> Objects.requireNonNullElse(guest.restarts(), 0))));
    }

    private static Optional<Condition> condition(List<Condition> conditions, ConditionType type) {
        return conditions.stream().filter(c -> c.getType().equals(type.name())).findFirst();
    }
}

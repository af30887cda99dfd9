package dev.skete.operator.unikernel;

import dev.skete.api.ConditionReason;
import dev.skete.api.ConditionType;
import dev.skete.api.UnikernelStatus;
import dev.skete.operator.unikernel.status.Gravity;
import dev.skete.operator.unikernel.status.Statuses;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event to be told about a Unikernel. */
record Notice(Type type, String reason, String action, String note) {
    /** Types of events as Kubernetes has them. */
    enum Type {
        Normal,
        Warning
    }

    /** What is new: the children's changes, and conditions that hold for another reason than before. */
    static List<Notice> of(@Nullable UnikernelStatus before, UnikernelStatus after, List<Change> changes) {
        var notices = new ArrayList<Notice>();
        changes.forEach(c -> notices.add(
                new Notice(Type.Normal, c.verb().name(), "Apply", c.verb() + " " + c.kind() + " " + c.name() + ".")));
        if (turned(before, after, ConditionType.Accelerated)) {
            Statuses.condition(after, ConditionType.Accelerated)
                    .ifPresent(c -> notices.add(
                            new Notice(Type.Normal, "AcceleratorChosen", "ChooseAccelerator", c.getMessage())));
        }
        if (turned(before, after, ConditionType.Ready)) {
            Statuses.condition(after, ConditionType.Ready).ifPresent(c -> readiness(c, notices));
        }
        return List.copyOf(notices);
    }

    /** Whether a condition holds for another reason than before. */
    static boolean turned(@Nullable UnikernelStatus before, UnikernelStatus after, ConditionType type) {
        return !Statuses.condition(before, type)
                .map(Condition::getReason)
                .equals(Statuses.condition(after, type).map(Condition::getReason));
    }

    private static void readiness(Condition ready, List<Notice> notices) {
        switch (Gravity.of(ConditionReason.valueOf(ready.getReason()))) {
            case STALLED, TROUBLED ->
                notices.add(new Notice(Type.Warning, ready.getReason(), "Reconcile", ready.getMessage()));
            case READY -> notices.add(new Notice(Type.Normal, ready.getReason(), "Reconcile", ready.getMessage()));
            case PROGRESSING -> {}
        }
    }
}

package dev.skete.operator.unikernel;

import dev.skete.api.Unikernel;
import dev.skete.operator.unikernel.status.LiveChildren;
import dev.skete.operator.unikernel.status.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out plans: all writes to children happen here, one after the other; the first refusal ends it. */
final class Executor {
    private final ChildApplier children;

    Executor(ChildApplier children) {
        this.children = children;
    }

    Outcome carryOut(Plan plan, Snapshot seen) {
        return switch (plan) {
            case Plan.Apply apply -> new Progress(seen.unikernel(), seen.children()).through(apply);
            case Plan.Hold(var obstacle) -> new Outcome(seen.children(), List.of(), Optional.of(obstacle));
            case Plan.RestInPeace() -> new Outcome(seen.children(), List.of(), Optional.empty());
        };
    }

    private final class Progress {
        private final Unikernel unikernel;
        private final List<Change> changes = new ArrayList<>();
        private LiveChildren live;

        Progress(Unikernel unikernel, LiveChildren live) {
            this.unikernel = unikernel;
            this.live = live;
        }

        Outcome through(Plan.Apply plan) {
            try {
                for (var wanted : plan.wanted()) {
                    var applied = children.apply(unikernel, wanted, live.ofKind(wanted.getKind()));
                    applied.change().ifPresent(changes::add);
                    live = live.with(applied.live());
                }
                for (var unwanted : plan.unwanted()) {
                    changes.add(children.remove(unwanted));
                    live = live.without(unwanted);
                }
                return outcome(Optional.empty());
            } catch (ChildRefusedException e) {
                return outcome(Optional.of(e.verdict()));
            }
        }

        private Outcome outcome(Optional<Verdict> obstacle) {
            return new Outcome(live, List.copyOf(changes), obstacle);
        }
    }
}

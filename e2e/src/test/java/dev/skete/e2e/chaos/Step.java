package dev.skete.e2e.chaos;

import dev.skete.e2e.chaos.Action.Change;
import dev.skete.e2e.chaos.Action.Outage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the walk does at once, before it waits for the truth.
 *
 * @param outage what is away meanwhile
 */
record Step(int number, Optional<Outage> outage, List<Action> actions) {

    Stream<Action> all() {
        return Stream.concat(outage.stream(), actions.stream());
    }

    long faults() {
        return all().filter(action -> !(action instanceof Change)).count();
    }

    @Override
    public String toString() {
        return number + ": " + all().map(Step::text).collect(Collectors.joining(" + "));
    }

    private static String text(Action action) {
        return switch (action) {
            case Action.Create create ->
                "create %s (%s, %d)"
                        .formatted(
                                create.unit(),
                                create.wanted().kind(),
                                create.wanted().replicas());
            case Action.Scale scale -> "scale " + scale.unit() + " to " + scale.replicas();
            case Change change -> change.kind() + " " + change.unit();
            case Action.GuestFault fault -> fault.kind() + " in " + fault.unit();
            case Action.SketeFault fault -> fault.kind() + (fault.node().isEmpty() ? "" : " on " + fault.node());
            case Outage away -> "[" + away.kind() + (away.node().isEmpty() ? "" : " " + away.node()) + "]";
        };
    }
}

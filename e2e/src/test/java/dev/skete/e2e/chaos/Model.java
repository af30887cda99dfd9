package dev.skete.e2e.chaos;

import dev.skete.e2e.chaos.Action.Change;
import dev.skete.e2e.chaos.Action.GuestFault;
import dev.skete.e2e.chaos.Action.Harm;
import dev.skete.e2e.chaos.Action.Outage;
import dev.skete.e2e.chaos.Action.SketeFault;
import dev.skete.e2e.chaos.Unit.Phase;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What is wanted, by name of Unikernel. Knows nothing of what is.
 *
 * @param born how many Unikernels were ever created, which names the next one
 */
record Model(List<String> nodes, SortedMap<String, Unit> byName, int born) {

    static Model empty(List<String> nodes) {
        return new Model(List.copyOf(nodes), new TreeMap<>(), 0);
    }

    Collection<Unit> units() {
        return byName.values();
    }

    Unit unit(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    int guests() {
        return units().stream().mapToInt(Unit::guests).sum();
    }

    String nextName() {
        return "u%03d".formatted(born + 1);
    }

    /** What is wanted when all this has been done. */
    Model after(Step step) {
        var model = this;
        for (var action : step.actions()) {
            model = model.after(action);
        }
        return model;
    }

    /** What is wanted when this has been done. */
    Model after(Action action) {
        return switch (action) {
            case Change change -> after(change);
            case GuestFault fault -> with(fault.unit(), unit -> after(fault.harm(), unit));
            case SketeFault _, Outage _ -> this;
        };
    }

    private Model after(Change change) {
        return switch (change) {
            case Action.Create create -> {
                var more = new TreeMap<>(byName);
                more.put(create.unit(), create.wanted());
                yield new Model(nodes, more, born + 1);
            }
            case Action.Delete delete -> {
                var fewer = new TreeMap<>(byName);
                fewer.remove(delete.unit());
                yield new Model(nodes, fewer, born);
            }
            case Action.Scale scale -> with(scale.unit(), unit -> unit.scaled(scale.replicas()));
            case Action.Update update -> with(update.unit(), Unit::updated);
            case Action.Suspend suspend -> with(suspend.unit(), unit -> unit.anew(Phase.SUSPENDED));
            case Action.Resume resume -> with(resume.unit(), unit -> unit.anew(Phase.UP));
        };
    }

    private static Unit after(Harm harm, Unit unit) {
        if (harm.restarts(unit)) {
            return unit.wornMore();
        }
        return switch (harm) {
            case FROZEN -> unit.in(Phase.FROZEN);
            case THAWED -> unit.in(Phase.UP);
            case EXITED -> unit.in(Phase.DONE);
            case FLOODING, VMM_KILLED, LAUNCHER_KILLED, PANICKED -> unit;
        };
    }

    private Model with(String name, UnaryOperator<Unit> change) {
        var changed = new TreeMap<>(byName);
        changed.put(name, change.apply(unit(name)));
        return new Model(nodes, changed, born);
    }
}

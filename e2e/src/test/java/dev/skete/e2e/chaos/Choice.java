package dev.skete.e2e.chaos;

import dev.skete.e2e.chaos.Action.Component;
import dev.skete.e2e.chaos.Action.GuestFault;
import dev.skete.e2e.chaos.Action.Harm;
import dev.skete.e2e.chaos.Action.Outage;
import dev.skete.e2e.chaos.Action.Part;
import dev.skete.e2e.chaos.Action.SketeFault;
import dev.skete.e2e.chaos.Unit.Kind;
import dev.skete.e2e.chaos.Unit.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Chooses what to do next: from what is wanted and from chance, never from what is. So a seed gives the same steps on every machine.
 * What is cheap to settle is frequent, what takes the cluster long is rare.
 */
final class Choice {
    private static final int FEWEST_UNITS = 8;
    private static final int MOST_UNITS = 12;
    private static final int MOST_GUESTS = 26;
    private static final int MOST_REPLICAS = 4;

    /** More than faults can add up to. */
    private static final int CHANGED = 1000;

    /** As often as each is here, for a run has but one guest. */
    private static final List<Kind> KINDS = List.of(Kind.SERVES, Kind.SERVES, Kind.GUARDED, Kind.GUARDED, Kind.RUNS);

    private final RandomGenerator random;
    private final Pace pace;
    private int steps;

    Choice(RandomGenerator random, Pace pace) {
        this.random = random;
        this.pace = pace;
    }

    /**
     * How much of what.
     *
     * @param outages which there are
     * @param outageEvery one step in so many has one, about
     * @param mostActions so many at once
     */
    record Pace(List<Component> outages, int outageEvery, int mostActions) {
        static Pace sparing(Set<Component> spared, int outageEvery, int mostActions) {
            var outages = Stream.of(Component.values())
                    .filter(component -> !spared.contains(component))
                    .toList();
            return new Pace(outages, outageEvery, mostActions);
        }
    }

    private record Candidate(Action action, int weight) {}

    /** The next step. A Unikernel is changed or has faults, each of another guest; one action at most concerns Skete. */
    Step next(Model model) {
        steps++;
        Optional<Outage> outage = outage(model);
        var actions = new ArrayList<Action>();
        var touched = new HashMap<String, Integer>();
        var current = model;
        for (int wanted = 1 + random.nextInt(pace.mostActions()); wanted > 0; wanted--) {
            var action = pick(candidates(current, outage, touched));
            if (action.isPresent()) {
                actions.add(action.get());
                touched.merge(subject(action.get()), leavesRoom(action.get()) ? 1 : CHANGED, Integer::sum);
                current = current.after(action.get());
            }
        }
        return new Step(steps, outage, List.copyOf(actions));
    }

    /** Takes everything away. */
    Step last(Model model) {
        steps++;
        return new Step(
                steps,
                Optional.empty(),
                model.units().stream()
                        .<Action>map(unit -> new Action.Delete(unit.name()))
                        .toList());
    }

    private Optional<Outage> outage(Model model) {
        if (model.units().size() < FEWEST_UNITS || random.nextInt(pace.outageEvery()) > 0) {
            return Optional.empty();
        }
        var component = pace.outages().get(random.nextInt(pace.outages().size()));
        var node = model.nodes().get(random.nextInt(model.nodes().size()));
        boolean frozen = model.units().stream().anyMatch(unit -> unit.phase() == Phase.FROZEN);
        if (component == Component.NODE && frozen) { // would end what only the walk may continue
            return Optional.empty();
        }
        return Optional.of(new Outage(component, component.ofANode() ? node : ""));
    }

    private Optional<Action> pick(List<Candidate> candidates) {
        int total = candidates.stream().mapToInt(Candidate::weight).sum();
        if (total == 0) {
            return Optional.empty();
        }
        int ticket = random.nextInt(total);
        for (var candidate : candidates) {
            ticket -= candidate.weight();
            if (ticket < 0) {
                return Optional.of(candidate.action());
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    /** Whether another guest of the same Unikernel may be hit within the step: not beside one that is stopped or continued. */
    private static boolean leavesRoom(Action action) {
        return action instanceof GuestFault fault && fault.harm() != Harm.FROZEN && fault.harm() != Harm.THAWED;
    }

    private static String subject(Action action) {
        return switch (action) {
            case Action.Change change -> change.unit();
            case GuestFault fault -> fault.unit();
            case SketeFault _ -> "skete";
            case Outage _ -> "kubernetes";
        };
    }

    private List<Candidate> candidates(Model model, Optional<Outage> outage, Map<String, Integer> touched) {
        var component = outage.map(Outage::component);
        boolean api = component.filter(Component.API_SERVER::equals).isEmpty();
        boolean nodes = component.filter(Component.NODE::equals).isEmpty();
        var found = new ArrayList<Candidate>();
        for (var unit : model.units()) {
            int touches = touched.getOrDefault(unit.name(), 0);
            if (api && touches == 0) {
                changes(model, unit, found);
            }
            if (nodes && touches < unit.replicas()) {
                faults(unit, touches, found);
            }
        }
        if (api) {
            create(model, found);
        }
        boolean parts = component.map(Component::leavesPodsToBeStarted).orElse(true);
        if (parts && model.guests() > 0 && !touched.containsKey("skete")) {
            skete(model, found);
        }
        return found;
    }

    private void create(Model model, List<Candidate> found) {
        int room = MOST_GUESTS - model.guests();
        if (model.units().size() >= MOST_UNITS || room < 1) {
            return;
        }
        var kind = KINDS.get(random.nextInt(KINDS.size()));
        int replicas = kind == Kind.RUNS ? 1 : 1 + random.nextInt(Math.min(room, MOST_REPLICAS));
        int weight = model.units().size() < FEWEST_UNITS ? 1000 : 10;
        found.add(new Candidate(new Action.Create(Unit.created(model.nextName(), kind, replicas)), weight));
    }

    private void changes(Model model, Unit unit, List<Candidate> found) {
        boolean tired = unit.phase() == Phase.UP && !unit.hasFreshGuest();
        if (unit.serves() && unit.phase() == Phase.UP) {
            int room = MOST_GUESTS - model.guests() + unit.replicas();
            int replicas = random.nextInt(Math.clamp(room, 0, MOST_REPLICAS) + 1);
            if (replicas != unit.replicas()) {
                found.add(new Candidate(new Action.Scale(unit.name(), replicas), replicas > 1 ? 3 : 1));
            }
            found.add(new Candidate(new Action.Update(unit.name(), unit.version() + 1), tired ? 12 : 1));
        }
        if (!unit.serves() && unit.phase() == Phase.UP) {
            found.add(new Candidate(new Action.Suspend(unit.name()), tired ? 6 : 1));
        }
        if (unit.phase() == Phase.SUSPENDED) {
            found.add(new Candidate(new Action.Resume(unit.name()), 10));
        }
        found.add(new Candidate(new Action.Delete(unit.name()), unit.phase() == Phase.DONE ? 20 : 1));
    }

    private static void faults(Unit unit, int turn, List<Candidate> found) {
        for (var harm : Harm.values()) {
            if (harm.suits(unit)) {
                found.add(new Candidate(new GuestFault(harm, unit.name(), turn), weight(harm, unit)));
            }
        }
    }

    private static int weight(Harm harm, Unit unit) {
        return switch (harm) {
            case VMM_KILLED -> 8;
            case LAUNCHER_KILLED, PANICKED -> 5;
            case EXITED -> unit.serves() ? 5 : 2;
            case FROZEN, FLOODING -> 3;
            case THAWED -> 20;
        };
    }

    private void skete(Model model, List<Candidate> found) {
        var node = model.nodes().get(random.nextInt(model.nodes().size()));
        found.add(new Candidate(new SketeFault(Part.AGENT_KILLED, node), 6));
        found.add(new Candidate(new SketeFault(Part.OPERATOR_KILLED, ""), 2));
        found.add(new Candidate(new SketeFault(Part.AGENTS_UPGRADED, ""), 1));
    }
}

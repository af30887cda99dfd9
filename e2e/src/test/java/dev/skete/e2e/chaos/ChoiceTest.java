package dev.skete.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.e2e.chaos.Action.Component;
import dev.skete.e2e.chaos.Action.Harm;
import dev.skete.e2e.chaos.Action.Part;
import dev.skete.e2e.chaos.Choice.Pace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final int MANY = 2000;

    @Test
    void aSeedGivesTheSameStepsAgainAndAnotherSeedOthers() {
        assertThat(steps(7, MANY)).isEqualTo(steps(7, MANY)).isNotEqualTo(steps(8, MANY));
    }

    @Test
    void everyKindOfFaultHappens() {
        var kinds = steps(1, MANY).stream().flatMap(Step::all).map(Action::kind).collect(Collectors.toSet());

        for (Harm harm : Harm.values()) {
            assertThat(kinds).contains(new Action.GuestFault(harm, "any", 0).kind());
        }
        for (Part part : Part.values()) {
            assertThat(kinds).contains(new Action.SketeFault(part, "").kind());
        }
        for (Component component : Component.values()) {
            assertThat(kinds).contains(new Action.Outage(component, "").kind());
        }
        assertThat(kinds).contains("create", "scale", "update", "delete", "suspend", "resume");
    }

    @Test
    void aStepChangesAUnikernelOrHitsItsGuestsEachOnce() {
        var model = Model.empty(List.of("node1", "node2"));
        for (var step : steps(3, MANY)) {
            var touched = new ArrayList<String>();
            var faulty = new HashSet<String>();
            for (var action : step.actions()) {
                switch (action) {
                    case Action.Create create -> assertThat(model.byName()).doesNotContainKey(create.unit());
                    case Action.Change change -> touched.add(change.unit());
                    case Action.GuestFault fault -> {
                        assertThat(fault.turn())
                                .isLessThan(model.unit(fault.unit()).replicas());
                        touched.add(fault.unit() + " " + fault.turn());
                        faulty.add(fault.unit());
                    }
                    case Action.SketeFault _ -> touched.add("skete");
                    case Action.Outage _ -> throw new AssertionError("an outage is around a step's actions");
                }
            }
            assertThat(touched).as(step.toString()).doesNotHaveDuplicates();
            assertThat(faulty).as(step.toString()).noneMatch(touched::contains);
            model = model.after(step);
        }
    }

    @Test
    void withoutAnApiServerNobodyAsksIt() {
        assertThat(steps(4, MANY))
                .filteredOn(step -> step.outage()
                        .filter(o -> o.component() == Component.API_SERVER)
                        .isPresent())
                .isNotEmpty()
                .allMatch(step -> step.actions().stream().allMatch(Action.GuestFault.class::isInstance));
    }

    @Test
    void theShortWalkOfTheTestsHasEveryFaultButTheClocks() {
        Set<String> faults = steps(ChaosE2E.SEED, ChaosE2E.PACE, ChaosE2E.STEPS).stream()
                .flatMap(Step::all)
                .filter(action -> !(action instanceof Action.Change))
                .map(Action::kind)
                .collect(Collectors.toSet());

        assertThat(faults).hasSize(Harm.values().length + Part.values().length + Component.values().length - 1);
    }

    private static List<Step> steps(long seed, int count) {
        return steps(seed, Pace.sparing(Set.of(), 12, 20), count);
    }

    private static List<Step> steps(long seed, Pace pace, int count) {
        var choice = new Choice(new Random(seed), pace);
        var model = Model.empty(List.of("node1", "node2"));
        var steps = new ArrayList<Step>();
        for (int i = 0; i < count; i++) {
            var step = choice.next(model);
            steps.add(step);
            model = model.after(step);
        }
        return steps;
    }
}

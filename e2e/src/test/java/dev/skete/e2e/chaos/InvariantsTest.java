package dev.skete.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.e2e.chaos.Action.Create;
import dev.skete.e2e.chaos.Action.GuestFault;
import dev.skete.e2e.chaos.Action.Harm;
import dev.skete.e2e.chaos.NodeView.PodProcess;
import dev.skete.e2e.chaos.NodeView.Role;
import dev.skete.e2e.chaos.Unit.Kind;
import dev.skete.e2e.chaos.World.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** One Unikernel with one guest on one node, and everything that can be wrong with it. */
class InvariantsTest {
    private static final Unit UNIT = Unit.created("u001", Kind.SERVES, 1);
    private static final Model MODEL = Model.empty(List.of("node1")).after(new Create(UNIT));
    private static final Guest GUEST =
            new Guest("u001-a", "uid-a", "u001", "node1", "10.0.0.1", false, false, 0, true, "u001 v1\nname: u001-a");
    private static final Placed PLACED = new Placed("u001-a", "uid-a", "node1", "", false, false, 0);
    private static final Told TOLD = new Told(true, "True AllGuestsReady", false, 1, 1, Map.of("u001-a", 0));
    private static final PodProcess LAUNCHER = new PodProcess(20, "uid-a", Role.LAUNCHER, false);
    private static final PodProcess VMM = new PodProcess(21, "uid-a", Role.VMM, false);
    private static final NodeView NODE =
            new NodeView(List.of(LAUNCHER, VMM), Set.of("uid-a"), Set.of("uid-a"), 1, 0, Map.of());
    private static final World GOOD = world(GUEST, TOLD, PLACED, NODE);
    private static final Reach NOBODY = new Reach(Set.of(), Set.of());

    @Test
    void nothingIsSaidOfWhatIsAsWanted() {
        assertThat(untrue(GOOD)).isEmpty();
        assertThat(Invariants.forbidden(GOOD, NOBODY, GOOD)).isEmpty();
    }

    @Test
    void whatIsNotAsWantedIsNamed() {
        assertThat(untrue(world(GUEST, TOLD, PLACED, processes(LAUNCHER))))
                .contains("u001-a has 0 processes of role VMM");
        assertThat(untrue(world(answering(""), TOLD, PLACED, NODE)))
                .anyMatch(line -> line.startsWith("u001-a answers ''"));
        assertThat(untrue(world(answering("u001 v1\nname: u002-b"), TOLD, PLACED, NODE)))
                .hasSize(1);
        assertThat(untrue(world(GUEST, new Told(false, "", false, 1, 1, Map.of()), PLACED, NODE)))
                .containsExactly("u001 has a status of an older generation");
        assertThat(untrue(world(GUEST, new Told(true, "True AllGuestsReady", false, 1, 1, Map.of()), PLACED, NODE)))
                .containsExactly("status of u001 says running guests {} instead of {u001-a=0}");
        assertThat(untrue(new World(List.of(), Map.of(), List.of(), List.of("no operator"), Map.of())))
                .containsExactly("u001 has 0 guests instead of 1", "u001 is not there", "no operator");
    }

    @Test
    void whatIsLeftIsNamed() {
        var model = Model.empty(List.of("node1"));
        var left = new World(List.of(), Map.of("u001", TOLD), List.of(), List.of(), Map.of("node1", NODE));

        assertThat(Invariants.untrue(model, left, NOBODY, left))
                .containsExactly(
                        "u001 is still there",
                        "node1 has a process of pod uid-a, which is gone",
                        "node1 has a control group of pod uid-a, which is gone",
                        "node1 has a mount of pod uid-a, which is gone",
                        "node1 has 1 network namespaces of pods instead of 0");
    }

    @Test
    void anEndThatNobodyTellsIsNotTheTruth() {
        var reach = reach(new GuestFault(Harm.VMM_KILLED, "u001", 0));

        assertThat(Invariants.untrue(MODEL, GOOD, reach, GOOD)).containsExactly("u001-a ended, and nobody says so");
        var again = new Placed("u001-a", "uid-a", "node1", "", false, false, 1);
        var told = new Told(true, "True AllGuestsReady", false, 1, 1, Map.of("u001-a", 1));
        assertThat(Invariants.untrue(MODEL, GOOD, reach, world(restarted(), told, again, NODE)))
                .isEmpty();
    }

    @Test
    void aBystanderKeepsItsProcess() {
        assertThat(Invariants.forbidden(GOOD, NOBODY, world(restarted(), TOLD, PLACED, NODE)))
                .containsExactly("bystander u001-a was started again");
        assertThat(Invariants.forbidden(GOOD, NOBODY, new World(List.of(), Map.of(), List.of(), List.of(), Map.of())))
                .containsExactly("bystander u001-a is gone");
        var other = new PodProcess(22, "uid-a", Role.VMM, false);
        assertThat(Invariants.forbidden(GOOD, NOBODY, world(GUEST, TOLD, PLACED, processes(LAUNCHER, other))))
                .hasSize(1);
        assertThat(Invariants.forbidden(
                        GOOD, reach(new GuestFault(Harm.PANICKED, "u001", 0)), world(restarted(), TOLD, PLACED, NODE)))
                .isEmpty();
    }

    @Test
    void twoVmmsInAPodAreSeenAtOnce() {
        var second = new PodProcess(22, "uid-a", Role.VMM, false);

        assertThat(Invariants.forbidden(
                        GOOD,
                        reach(new GuestFault(Harm.VMM_KILLED, "u001", 0)),
                        world(GUEST, TOLD, PLACED, processes(LAUNCHER, VMM, second))))
                .containsExactly("pod uid-a has 2 VMMs");
    }

    @Test
    void aStoppedGuestIsNotReadyAndSaidNotToBe() {
        UnaryOperator<Model> freeze = model -> model.after(new GuestFault(Harm.FROZEN, "u001", 0));
        var stopped = new PodProcess(21, "uid-a", Role.VMM, true);
        var told = new Told(true, "False Progressing", false, 1, 0, Map.of("u001-a", 0));
        var world = world(answering(""), told, PLACED, processes(LAUNCHER, stopped));

        assertThat(Invariants.untrue(freeze.apply(MODEL), GOOD, NOBODY, world)).isEmpty();
        assertThat(Invariants.untrue(freeze.apply(MODEL), GOOD, NOBODY, GOOD)).isNotEmpty();
    }

    private static List<String> untrue(World world) {
        return Invariants.untrue(MODEL, GOOD, NOBODY, world);
    }

    private static Reach reach(Action action) {
        return Reach.of(new Step(1, Optional.empty(), List.of(action)), MODEL, GOOD);
    }

    private static World world(Guest guest, Told told, Placed placed, NodeView node) {
        return new World(List.of(guest), Map.of("u001", told), List.of(placed), List.of(), Map.of("node1", node));
    }

    private static NodeView processes(PodProcess... processes) {
        return new NodeView(List.of(processes), Set.of("uid-a"), Set.of("uid-a"), 1, 0, Map.of());
    }

    private static Guest answering(String answer) {
        return new Guest("u001-a", "uid-a", "u001", "node1", "10.0.0.1", false, false, 0, true, answer);
    }

    private static Guest restarted() {
        return new Guest(
                "u001-a", "uid-a", "u001", "node1", "10.0.0.1", false, false, 1, true, "u001 v1\nname: u001-a");
    }
}

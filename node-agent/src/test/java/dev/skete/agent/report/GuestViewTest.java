package dev.skete.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.refusal.Refusal;
import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.report.GuestCondition.Status;
import dev.skete.agent.report.GuestFact.Exited;
import dev.skete.agent.report.GuestFact.FailureOnConsole;
import dev.skete.agent.report.GuestFact.Launching;
import dev.skete.agent.report.GuestFact.Lost;
import dev.skete.agent.report.GuestFact.Panicked;
import dev.skete.agent.report.GuestFact.Refused;
import dev.skete.agent.report.GuestFact.RunStateSeen;
import dev.skete.agent.report.GuestFact.ShutDown;
import dev.skete.agent.report.GuestFact.VmmStarted;
import dev.skete.api.GuestReason;
import dev.skete.api.GuestState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GuestViewTest {
    private static final GuestFact RUNNING = new RunStateSeen(RunState.RUNNING);
    private static final List<GuestFact> STARTED = List.of(new Launching(), new VmmStarted(), RUNNING);

    static Stream<Arguments> lives() {
        return Stream.of(
                life(GuestState.Running, GuestReason.Running, "The guest runs."),
                life(GuestState.Paused, GuestReason.Paused, "The guest is paused.", new RunStateSeen(RunState.PAUSED)),
                life(
                        GuestState.Running,
                        GuestReason.Running,
                        "The guest runs.",
                        new RunStateSeen(RunState.PAUSED),
                        RUNNING),
                life(GuestState.Succeeded, GuestReason.VmmExited, "The VMM ended with exit status 0.", new Exited(0)),
                life(GuestState.Failed, GuestReason.VmmExited, "The VMM ended with exit status 7.", new Exited(7)),
                life(
                        GuestState.Failed,
                        GuestReason.GuestPanicked,
                        "The guest panicked. Exit status 1.",
                        new Panicked(),
                        new ShutDown("guest-panic"),
                        new Exited(1)),
                life(
                        GuestState.Succeeded,
                        GuestReason.ShutDown,
                        "The guest's machine stopped (guest-shutdown). Exit status 0.",
                        new ShutDown("guest-shutdown"),
                        new Exited(0)),
                life(
                        GuestState.Failed,
                        GuestReason.Reset,
                        "The guest reset its machine. Exit status 255.",
                        new ShutDown("guest-reset"),
                        new Exited(255)),
                life(
                        GuestState.Failed,
                        GuestReason.Reset,
                        "The guest reset its machine: \"reboot: Restarting system\". Exit status 102.",
                        new FailureOnConsole(GuestReason.Reset, "reboot: Restarting system"),
                        new Exited(102)),
                life(
                        GuestState.Failed,
                        GuestReason.InternalError,
                        "The hypervisor could not go on with the guest (internal error); see the pod's log. Exit status 255.",
                        new RunStateSeen(RunState.INTERNAL_ERROR),
                        new Exited(255)),
                life(
                        GuestState.Failed,
                        GuestReason.BootFailed,
                        "The guest did not boot: \"no?root\". Exit status 77.",
                        new FailureOnConsole(GuestReason.BootFailed, "no\troot"),
                        new ShutDown("host-signal"),
                        new Exited(77)),
                life(
                        GuestState.Failed,
                        GuestReason.BootFailed,
                        "The guest did not boot: cannot boot /k?rnel: it is a directory. Exit status 126.",
                        new GuestFact.NotStarted("cannot boot /k\u001brnel: it is a directory"),
                        new Exited(126)),
                life(
                        GuestState.Failed,
                        GuestReason.ShutDown,
                        "The guest's machine stopped (evil?line). Exit status 1.",
                        new ShutDown("evil\nline"),
                        new Exited(1)),
                life(
                        GuestState.Failed,
                        GuestReason.GuestPanicked,
                        "The guest panicked: \"at disk\". Exit status 2.",
                        new ShutDown("guest-reset"),
                        new FailureOnConsole(GuestReason.GuestPanicked, "at disk"),
                        RUNNING,
                        new Exited(2)),
                life(
                        GuestState.Failed,
                        GuestReason.GuestPanicked,
                        "The guest panicked: \"Kernel panic\". Exit status 101.",
                        new FailureOnConsole(GuestReason.GuestPanicked, "Kernel panic"),
                        new Panicked(),
                        new ShutDown("guest-panic"),
                        new Exited(101)),
                life(
                        GuestState.Failed,
                        GuestReason.VmmExited,
                        "The guest's container was killed; it may have run out of memory.",
                        new Lost()));
    }

    private static Arguments life(GuestState state, GuestReason reason, String message, GuestFact... facts) {
        return Arguments.of(state, reason, message, List.of(facts));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void aGuestThatRanEndsUpAs(GuestState state, GuestReason reason, String message, List<GuestFact> facts) {
        var view = after(Stream.concat(STARTED.stream(), facts.stream()).toList());
        assertThat(view.state()).isEqualTo(state);
        var status = state == GuestState.Running ? Status.True : Status.False;
        assertThat(view.condition()).isEqualTo(new GuestCondition(status, reason, message));
    }

    @Test
    void aGuestWhoseVmmHasNoMonitorRunsAsSoonAsItsVmmDoesAndItsEndIsTold() {
        List<GuestFact> started = List.of(new Launching(), new GuestFact.VmmStartedUnmonitored());
        assertThat(after(started))
                .isEqualTo(new GuestView(
                        GuestState.Running,
                        new GuestCondition(
                                Status.True,
                                GuestReason.Running,
                                "The VMM runs; it cannot be asked how its guest is.")));
        List<GuestFact> ended = List.of(new Launching(), new GuestFact.VmmStartedUnmonitored(), new Exited(101));
        assertThat(after(ended).state()).isEqualTo(GuestState.Failed);
    }

    @Test
    void aGuestThatIsStartingHasNoConditionYet() {
        assertThat(after(List.of(new Launching(), new VmmStarted())))
                .isEqualTo(new GuestView(GuestState.Starting, null));
    }

    @Test
    void aGuestThatIsTakenOverRunsAndItsConditionWaitsForItsMonitor() {
        assertThat(after(List.of(new VmmStarted()))).isEqualTo(new GuestView(GuestState.Running, null));
        assertThat(after(List.of(new VmmStarted(), new RunStateSeen(RunState.PAUSED)))
                        .state())
                .isEqualTo(GuestState.Paused);
    }

    @Test
    void aGuestFoundRunningAfterAnAgentRestartRunsWhicheverConnectionComesFirst() {
        assertThat(after(List.of(RUNNING, new VmmStarted()))).isEqualTo(after(List.of(new VmmStarted(), RUNNING)));
    }

    @Test
    void aRefusalSaysWhy() {
        var view = after(List.of(new Refused(new Refusal(RefusalReason.BadPlan, "no\nkernel"))));
        assertThat(view.condition())
                .isEqualTo(new GuestCondition(Status.False, GuestReason.Refused, "The launch was refused: no?kernel"));
    }

    private static GuestView after(List<GuestFact> facts) {
        var view = GuestView.UNSEEN;
        for (var fact : facts) {
            view = view.after(fact);
        }
        return view;
    }
}

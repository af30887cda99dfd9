package dev.skete.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.GuestReason;
import dev.skete.api.GuestState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestJournalTest {
    private static final PodRef POD = new PodRef("shop", "hello-1", "uid");

    private final List<String> told = new ArrayList<>();
    private final GuestJournal journal = new GuestJournal(
            news -> told.add(news.pod() + " " + news.condition().reason() + (news.first() ? " first" : "")));

    @Test
    void aGuestWhoseVmmIsHeardBeforeItsLauncherIsToldOfWhenItHasAName() {
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        assertThat(told).isEmpty();
        journal.introduce(POD);
        assertThat(told).containsExactly("shop/hello-1 Running");
    }

    @Test
    void onlyWhatChangesIsTold() {
        journal.introduce(POD);
        journal.record("uid", new GuestFact.Launching());
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        journal.introduce(POD);
        journal.record("uid", new GuestFact.Exited(7));
        assertThat(told)
                .containsExactly(
                        "shop/hello-1 " + GuestReason.Running + " first", "shop/hello-1 " + GuestReason.VmmExited);
    }

    @Test
    void aGuestThatIsTakenOverHasAConditionAlready() {
        journal.introduce(POD);
        journal.record("uid", new GuestFact.VmmStarted());
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        assertThat(told).containsExactly("shop/hello-1 Running");
    }

    @Test
    void aMonitorThatLeavesIsForgottenIfNoLauncherSpokeForItsPod() {
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        journal.forgetUnnamed("uid");
        assertThat(journal.count(GuestState.Running)).isZero();

        journal.introduce(POD);
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        journal.forgetUnnamed("uid");
        assertThat(journal.count(GuestState.Running)).isOne();
    }

    @Test
    void aGuestIsCountedUntilItIsForgotten() {
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        assertThat(journal.count(GuestState.Running)).isOne();
        journal.forget("uid");
        assertThat(journal.count(GuestState.Running)).isZero();
    }
}

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
            (pod, condition) -> told.add(pod + " " + condition.reason().name()));

    @Test
    void a_guest_whose_vmm_is_heard_before_its_launcher_is_told_of_when_it_has_a_name() {
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        assertThat(told).isEmpty();
        journal.introduce(POD);
        assertThat(told).containsExactly("shop/hello-1 Running");
    }

    @Test
    void only_what_changes_is_told() {
        journal.introduce(POD);
        journal.record("uid", new GuestFact.Launching());
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        journal.introduce(POD);
        journal.record("uid", new GuestFact.Exited(7));
        assertThat(told)
                .containsExactly("shop/hello-1 " + GuestReason.Running, "shop/hello-1 " + GuestReason.VmmExited);
    }

    @Test
    void a_monitor_that_leaves_is_forgotten_if_no_launcher_spoke_for_its_pod() {
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        journal.forgetUnnamed("uid");
        assertThat(journal.count(GuestState.Running)).isZero();

        journal.introduce(POD);
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        journal.forgetUnnamed("uid");
        assertThat(journal.count(GuestState.Running)).isOne();
    }

    @Test
    void a_guest_is_counted_until_it_is_forgotten() {
        journal.record("uid", new GuestFact.RunStateSeen(RunState.RUNNING));
        assertThat(journal.count(GuestState.Running)).isOne();
        journal.forget("uid");
        assertThat(journal.count(GuestState.Running)).isZero();
    }
}

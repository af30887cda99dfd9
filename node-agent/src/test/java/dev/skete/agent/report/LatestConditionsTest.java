package dev.skete.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.report.GuestCondition.Status;
import dev.skete.api.GuestReason;
import org.junit.jupiter.api.Test;

class LatestConditionsTest {
    private final LatestConditions conditions = new LatestConditions(2);

    @Test
    void aNewerConditionReplacesOneThatStillWaits() throws InterruptedException {
        conditions.put(pod("a"), condition("old"));
        conditions.put(pod("a"), condition("new"));
        assertThat(conditions.take().condition()).isEqualTo(condition("new"));
    }

    @Test
    void whenFullTheOneThatWaitedLongestIsGivenUp() throws InterruptedException {
        conditions.put(pod("a"), condition("1"));
        conditions.put(pod("b"), condition("2"));
        conditions.put(pod("c"), condition("3"));
        assertThat(conditions.take().pod()).isEqualTo(pod("b"));
        assertThat(conditions.take().pod()).isEqualTo(pod("c"));
    }

    @Test
    void whatCouldNotBeWrittenDoesNotReplaceSomethingNewer() throws InterruptedException {
        conditions.put(pod("a"), condition("old"));
        var taken = conditions.take();
        conditions.put(pod("a"), condition("new"));
        conditions.putBack(taken);
        assertThat(conditions.take().condition()).isEqualTo(condition("new"));
    }

    private static PodRef pod(String name) {
        return new PodRef("shop", name, "uid-of-" + name);
    }

    private static GuestCondition condition(String message) {
        return new GuestCondition(Status.False, GuestReason.Paused, message);
    }
}

package dev.skete.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.report.GuestCondition.Status;
import dev.skete.api.GuestReason;
import org.junit.jupiter.api.Test;

class LatestConditionsTest {
    private final LatestConditions conditions = new LatestConditions(2);

    @Test
    void a_newer_condition_replaces_one_that_still_waits() throws InterruptedException {
        conditions.put(pod("a"), condition("old"));
        conditions.put(pod("a"), condition("new"));
        assertThat(conditions.take().condition()).isEqualTo(condition("new"));
    }

    @Test
    void when_full_the_one_that_waited_longest_is_given_up() throws InterruptedException {
        conditions.put(pod("a"), condition("1"));
        conditions.put(pod("b"), condition("2"));
        conditions.put(pod("c"), condition("3"));
        assertThat(conditions.take().pod()).isEqualTo(pod("b"));
        assertThat(conditions.take().pod()).isEqualTo(pod("c"));
    }

    @Test
    void what_could_not_be_written_does_not_replace_something_newer() throws InterruptedException {
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

package dev.skete.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.report.GuestCondition.Status;
import dev.skete.api.GuestReason;
import org.junit.jupiter.api.Test;

class LatestConditionsTest {
    private final LatestConditions conditions = new LatestConditions(2);

    @Test
    void a_newer_condition_replaces_one_that_still_waits() throws InterruptedException {
        conditions.put("a", condition("old"));
        conditions.put("a", condition("new"));
        assertThat(conditions.take(_ -> true).condition()).isEqualTo(condition("new"));
    }

    @Test
    void a_pod_that_is_not_known_does_not_hold_up_the_others() throws InterruptedException {
        conditions.put("unknown", condition("x"));
        conditions.put("b", condition("y"));
        assertThat(conditions.take(uid -> uid.equals("b")).podUid()).isEqualTo("b");
    }

    @Test
    void when_full_the_one_that_waited_longest_is_given_up() throws InterruptedException {
        conditions.put("a", condition("1"));
        conditions.put("b", condition("2"));
        conditions.put("c", condition("3"));
        assertThat(conditions.take(_ -> true).podUid()).isEqualTo("b");
        assertThat(conditions.take(_ -> true).podUid()).isEqualTo("c");
    }

    @Test
    void what_could_not_be_written_does_not_replace_something_newer() throws InterruptedException {
        conditions.put("a", condition("old"));
        var taken = conditions.take(_ -> true);
        conditions.put("a", condition("new"));
        conditions.putBack(taken);
        assertThat(conditions.take(_ -> true).condition()).isEqualTo(condition("new"));
    }

    private static GuestCondition condition(String message) {
        return new GuestCondition(Status.False, GuestReason.Paused, message);
    }
}

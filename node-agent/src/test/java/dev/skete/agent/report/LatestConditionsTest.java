package dev.skete.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.report.GuestCondition.Status;
import dev.skete.api.GuestReason;
import org.junit.jupiter.api.Test;

class LatestConditionsTest {
    private final LatestConditions conditions = new LatestConditions(2);

    @Test
    void aNewerConditionReplacesOneThatStillWaits() throws InterruptedException {
        conditions.put(news("a", "old"));
        conditions.put(news("a", "new"));
        assertThat(conditions.take().condition()).isEqualTo(condition("new"));
    }

    @Test
    void whenFullTheOneThatWaitedLongestIsGivenUp() throws InterruptedException {
        conditions.put(news("a", "1"));
        conditions.put(news("b", "2"));
        conditions.put(news("c", "3"));
        assertThat(conditions.take().pod()).isEqualTo(pod("b"));
        assertThat(conditions.take().pod()).isEqualTo(pod("c"));
    }

    @Test
    void whatCouldNotBeWrittenDoesNotReplaceSomethingNewer() throws InterruptedException {
        conditions.put(news("a", "old"));
        var taken = conditions.take();
        conditions.put(news("a", "new"));
        conditions.putBack(taken);
        assertThat(conditions.take().condition()).isEqualTo(condition("new"));
    }

    @Test
    void whatReplacesTheFirstIsTheFirst() throws InterruptedException {
        conditions.put(new GuestNews(pod("a"), condition("old"), true));
        conditions.put(news("a", "new"));
        assertThat(conditions.take()).isEqualTo(new GuestNews(pod("a"), condition("new"), true));
    }

    private static GuestNews news(String pod, String message) {
        return new GuestNews(pod(pod), condition(message), false);
    }

    private static PodRef pod(String name) {
        return new PodRef("shop", name, "uid-of-" + name);
    }

    private static GuestCondition condition(String message) {
        return new GuestCondition(Status.False, GuestReason.Paused, message);
    }
}

package dev.skete.agent.report;

import dev.skete.api.GuestState;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the view of every guest that has a connection, and passes on each condition that changes. Any thread may record. */
public final class GuestJournal {
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final BiConsumer<PodRef, GuestCondition> onChange;

    /** What is known of one pod; its VMM may be heard before its launcher says the pod's name. */
    private record Page(@Nullable PodRef pod, GuestView view) {
        static final Page EMPTY = new Page(null, GuestView.UNSEEN);
    }

    /**
     * An empty journal.
     *
     * @param onChange is given the pod and its new condition; must not block
     */
    public GuestJournal(BiConsumer<PodRef, GuestCondition> onChange) {
        this.onChange = onChange;
    }

    /** Learns a pod's name, without which nothing is passed on. */
    public void introduce(PodRef pod) {
        pages.compute(pod.uid(), (_, before) -> turned(before, page -> new Page(pod, page.view())));
    }

    /** Adds a fact; returns what is known of the guest now. */
    public GuestView record(String podUid, GuestFact fact) {
        var page = pages.compute(
                podUid,
                (_, before) -> turned(before, p -> new Page(p.pod(), p.view().after(fact))));
        return Objects.requireNonNull(page).view();
    }

    private Page turned(@Nullable Page before, UnaryOperator<Page> change) {
        var old = before == null ? Page.EMPTY : before;
        var page = change.apply(old);
        var condition = page.view().condition();
        boolean isNew =
                old.pod() == null || !Objects.equals(condition, old.view().condition());
        if (isNew && page.pod() != null && condition != null) {
            onChange.accept(page.pod(), condition);
        }
        return page;
    }

    /** Forgets a guest whose last connection closed; its condition has been passed on. */
    public void forget(String podUid) {
        pages.remove(podUid);
    }

    /** Forgets what the monitor of a pod said, now that it has gone, if no launcher has said whose it is. */
    public void forgetUnnamed(String podUid) {
        pages.computeIfPresent(podUid, (_, page) -> page.pod() == null ? null : page);
    }

    public long count(GuestState state) {
        return pages.values().stream()
                .filter(page -> page.view().state() == state)
                .count();
    }
}

package dev.skete.agent.report;

import dev.skete.api.GuestState;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the view of every guest that has a connection, and passes on each condition that changes. Any thread may record. */
public final class GuestJournal {
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final Consumer<GuestNews> onChange;

    /**
     * What is known of one pod.
     *
     * @param pod its VMM may be heard before its launcher says the pod's name
     * @param launched whether this agent launched the guest; else it took over a running one
     */
    private record Page(@Nullable PodRef pod, GuestView view, boolean launched) {
        static final Page EMPTY = new Page(null, GuestView.UNSEEN, false);

        Page of(PodRef named) {
            return new Page(named, view, launched);
        }

        Page after(GuestFact fact) {
            return new Page(pod, view.after(fact), launched || fact instanceof GuestFact.Launching);
        }
    }

    /**
     * An empty journal.
     *
     * @param onChange is given each condition that changed; must not block
     */
    public GuestJournal(Consumer<GuestNews> onChange) {
        this.onChange = onChange;
    }

    /** Learns a pod's name, without which nothing is passed on. */
    public void introduce(PodRef pod) {
        pages.compute(pod.uid(), (_, before) -> turned(before, page -> page.of(pod)));
    }

    /** Adds a fact; returns what is known of the guest now. */
    public GuestView record(String podUid, GuestFact fact) {
        var page = pages.compute(podUid, (_, before) -> turned(before, p -> p.after(fact)));
        return Objects.requireNonNull(page).view();
    }

    private Page turned(@Nullable Page before, UnaryOperator<Page> change) {
        var old = before == null ? Page.EMPTY : before;
        var page = change.apply(old);
        var condition = page.view().condition();
        var last = old.view().condition();
        boolean isNew = old.pod() == null || !Objects.equals(condition, last);
        if (isNew && page.pod() != null && condition != null) {
            onChange.accept(new GuestNews(page.pod(), condition, page.launched() && last == null));
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

package dev.skete.agent.report;

import dev.skete.api.GuestState;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Keeps the view of every guest that has a connection, and passes on each condition that changes. Any thread may record. */
public final class GuestJournal {
    private final Map<String, GuestView> views = new ConcurrentHashMap<>();
    private final BiConsumer<String, GuestCondition> onChange;

    /**
     * An empty journal.
     *
     * @param onChange is given the pod's UID and its new condition; must not block
     */
    public GuestJournal(BiConsumer<String, GuestCondition> onChange) {
        this.onChange = onChange;
    }

    /** Adds a fact; returns what is known of the guest now. */
    public GuestView record(String podUid, GuestFact fact) {
        return Objects.requireNonNull(views.compute(podUid, (_, before) -> {
            var old = before == null ? GuestView.UNSEEN : before;
            var view = old.after(fact);
            var condition = view.condition();
            if (condition != null && !condition.equals(old.condition())) {
                onChange.accept(podUid, condition);
            }
            return view;
        }));
    }

    /** Forgets a guest whose last connection closed; its condition has been passed on. */
    public void forget(String podUid) {
        views.remove(podUid);
    }

    public long count(GuestState state) {
        return views.values().stream().filter(view -> view.state() == state).count();
    }
}

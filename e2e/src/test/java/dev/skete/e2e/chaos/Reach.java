package dev.skete.e2e.chaos;

import dev.skete.e2e.chaos.Action.GuestFault;
import dev.skete.e2e.chaos.Action.Harm;
import dev.skete.e2e.chaos.Action.Outage;
import dev.skete.e2e.chaos.Action.Part;
import dev.skete.e2e.chaos.Action.SketeFault;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which guests a step may be noticed by. All others are bystanders: they keep their process and lose no request.
 *
 * @param disturbed may miss requests, end or go; UIDs of pods
 * @param ended of those, the ones that must be told to have been started again, if their pod stays
 */
record Reach(Set<String> disturbed, Set<String> ended) {

    static Reach of(Step step, Model model, World before) {
        var disturbed = new HashSet<String>();
        var ended = new HashSet<String>();
        step.all().forEach(action -> {
            var reach = of(action, model, before);
            disturbed.addAll(reach.disturbed);
            ended.addAll(reach.ended);
        });
        return new Reach(disturbed, ended);
    }

    private static Reach of(Action action, Model model, World before) {
        return switch (action) {
            case Action.Create _, Action.Resume _ -> new Reach(Set.of(), Set.of());
            case Action.Scale scale ->
                scale.replicas() > model.unit(scale.unit()).replicas()
                        ? new Reach(Set.of(), Set.of())
                        : all(before, scale.unit());
            case Action.Change change -> all(before, change.unit());
            case SketeFault fault -> of(fault, before);
            case GuestFault fault -> of(fault, model.unit(fault.unit()), before);
            case Outage outage -> of(outage, before);
        };
    }

    private static Reach all(World before, String unit) {
        return new Reach(uids(before, guest -> guest.unit().equals(unit)), Set.of());
    }

    /** A guest that is flooded with its own words goes on serving. */
    private static Reach of(GuestFault fault, Unit unit, World before) {
        if (fault.harm() == Harm.FLOODING) {
            return new Reach(Set.of(), Set.of());
        }
        var hit = before.victim(fault);
        return new Reach(Set.of(hit.uid()), fault.harm().restarts(unit) ? Set.of(hit.uid()) : Set.of());
    }

    /** No guest notices; a killed part is started again. */
    private static Reach of(SketeFault fault, World before) {
        var part = fault.part() == Part.AGENTS_UPGRADED ? Optional.<World.Placed>empty() : before.part(fault);
        return new Reach(Set.of(), part.map(pod -> Set.of(pod.uid())).orElse(Set.of()));
    }

    /**
     * Guests do not notice when a daemon of Kubernetes is away. But a kubelet that starts anew may take a pod for not running whose container
     * was started again earlier, because the dead one is there too, and then refuses it: its devices are not back yet.
     */
    private static Reach of(Outage outage, World before) {
        var there = uids(before, guest -> guest.node().equals(outage.node()));
        return switch (outage.component()) {
            case NODE -> new Reach(there, there);
            case KUBELET ->
                new Reach(uids(before, guest -> guest.node().equals(outage.node()) && guest.restarts() > 0), Set.of());
            case API_SERVER, CONTAINERD, DISK, CLOCK -> new Reach(Set.of(), Set.of());
        };
    }

    private static Set<String> uids(World before, Predicate<Guest> which) {
        return before.guests().stream().filter(which).map(Guest::uid).collect(Collectors.toSet());
    }

    boolean touches(Guest guest) {
        return disturbed.contains(guest.uid());
    }

    List<Guest> bystanders(World before) {
        return before.guests().stream()
                .filter(guest -> guest.live() && !touches(guest))
                .toList();
    }
}

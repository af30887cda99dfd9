package dev.skete.e2e.chaos;

import dev.skete.e2e.chaos.NodeView.PodProcess;
import dev.skete.e2e.chaos.NodeView.Role;
import dev.skete.e2e.chaos.Unit.Phase;
import dev.skete.e2e.chaos.World.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be true, as sentences about what is not. */
final class Invariants {
    /** What the node agent and the operator hold without any guest. */
    private static final int FEW_SOCKETS = 24;

    /** Its launcher's, its VMM's, DHCP's, and that of its one port. */
    private static final int SOCKETS_PER_GUEST = 4;

    private Invariants() {}

    /** What must never be seen, not for a moment: two VMMs in one pod, and a bystander that ended, went, or became another process. */
    static List<String> forbidden(World before, Reach reach, World now) {
        var twice = now.nodes().values().stream()
                .flatMap(node -> node.processes().stream())
                .filter(process -> process.role() == Role.VMM)
                .collect(Collectors.groupingBy(PodProcess::pod, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> "pod " + entry.getKey() + " has " + entry.getValue() + " VMMs");
        return Stream.concat(
                        twice, reach.bystanders(before).stream().flatMap(guest -> lost(before, guest, now).stream()))
                .toList();
    }

    private static List<String> lost(World before, Guest guest, World now) {
        var same = now.guests().stream()
                .filter(other -> other.uid().equals(guest.uid()))
                .findFirst();
        if (same.isEmpty() || !same.get().live()) {
            return List.of("bystander " + guest + " is gone");
        }
        if (same.get().restarts() != guest.restarts()) {
            return List.of("bystander " + guest + " was started again");
        }
        if (!before.processes(guest, Role.VMM).equals(now.processes(guest, Role.VMM))) {
            return List.of("bystander " + guest + " had the VMM " + before.processes(guest, Role.VMM) + " and has "
                    + now.processes(guest, Role.VMM));
        }
        return List.of();
    }

    /** What must be true soon after each step. */
    static List<String> untrue(Model model, World before, Reach reach, World now) {
        var found = new ArrayList<String>();
        for (var unit : model.units()) {
            found.addAll(world(unit, now));
            found.addAll(told(unit, now));
        }
        now.told().keySet().stream()
                .filter(name -> !model.byName().containsKey(name))
                .forEach(name -> found.add(name + " is still there"));
        now.guests().stream()
                .filter(guest -> !model.byName().containsKey(guest.unit()))
                .forEach(guest -> found.add(guest + " is left of a Unikernel that is gone"));
        before.placed().stream()
                .filter(pod -> reach.ended().contains(pod.uid()))
                .flatMap(pod -> silentEnd(pod, now).stream())
                .forEach(found::add);
        found.addAll(now.skete());
        now.nodes().forEach((name, node) -> found.addAll(leaks(name, node, now)));
        return found;
    }

    /** One VMM per wanted guest, which answers with its own name. */
    private static List<String> world(Unit unit, World now) {
        var found = new ArrayList<String>();
        var live = now.guestsOf(unit.name()).filter(Guest::live).toList();
        if (live.size() != unit.guests()) {
            found.add(unit.name() + " has " + live.size() + " guests instead of " + unit.guests());
        }
        now.guestsOf(unit.name()).filter(Guest::leaving).forEach(guest -> found.add(guest + " has not gone"));
        for (var guest : live) {
            for (var role : List.of(Role.VMM, Role.LAUNCHER)) {
                int count = now.processes(guest, role).size();
                if (count != 1) {
                    found.add(guest + " has " + count + " processes of role " + role);
                }
            }
            var wanted = unit.greeting() + "\nname: " + guest.pod();
            if (!now.frozen(guest) && !guest.answer().equals(wanted)) {
                found.add(guest + " answers '" + guest.answer() + "' instead of '" + wanted + "'");
            }
        }
        long frozen = live.stream().filter(now::frozen).count();
        if (frozen != unit.frozen()) {
            found.add(unit.name() + " has " + frozen + " stopped guests instead of " + unit.frozen());
        }
        return found;
    }

    private static List<String> told(Unit unit, World now) {
        var told = now.told().get(unit.name());
        if (told == null) {
            return List.of(unit.name() + " is not there");
        }
        if (!told.current()) {
            return List.of(unit.name() + " has a status of an older generation");
        }
        var found = new ArrayList<String>();
        int serving = unit.guests() - unit.frozen();
        expect(found, unit, "Ready", told.ready(), ready(unit));
        expect(found, unit, "Complete", told.complete(), unit.phase() == Phase.DONE);
        expect(found, unit, "replicas", told.replicas(), unit.guests());
        expect(found, unit, "readyReplicas", told.readyReplicas(), serving);
        expect(found, unit, "running guests", told.running(), running(unit, now));
        return found;
    }

    private static String ready(Unit unit) {
        return switch (unit.phase()) {
            case UP ->
                unit.kind() == Unit.Kind.RUNS
                        ? "True Running"
                        : unit.replicas() == 0 ? "True ScaledToZero" : "True AllGuestsReady";
            case FROZEN -> "False Progressing";
            case SUSPENDED -> "False Suspended";
            case DONE -> "True Completed";
        };
    }

    private static Map<String, Integer> running(Unit unit, World now) {
        return now.guestsOf(unit.name()).filter(Guest::live).collect(Collectors.toMap(Guest::pod, Guest::restarts));
    }

    private static void expect(List<String> found, Unit unit, String what, Object told, Object wanted) {
        if (!Objects.equals(told, wanted)) {
            found.add("status of " + unit.name() + " says " + what + " " + told + " instead of " + wanted);
        }
    }

    /** What was ended is told to have been started again, or its pod is another one now. */
    private static List<String> silentEnd(Placed pod, World now) {
        return now.placed().stream()
                .filter(other -> other.uid().equals(pod.uid()) && !other.over() && other.restarts() <= pod.restarts())
                .map(other -> other.pod() + " ended, and nobody says so")
                .toList();
    }

    private static List<String> leaks(String name, NodeView node, World now) {
        var there = now.placed().stream().filter(pod -> pod.node().equals(name)).toList();
        var known = there.stream().map(Placed::uid).collect(Collectors.toSet());
        var found = new ArrayList<String>();
        found.addAll(unknown(name, "a process", node.processes(), PodProcess::pod, known));
        found.addAll(unknown(name, "a control group", node.groups(), Function.identity(), known));
        found.addAll(unknown(name, "a mount", node.mounts(), Function.identity(), known));
        long networks =
                there.stream().filter(pod -> !pod.hostNetwork() && !pod.over()).count();
        if (node.networks() != networks) {
            found.add(name + " has " + node.networks() + " network namespaces of pods instead of " + networks);
        }
        if (node.taps() > 0) {
            found.add(name + " has " + node.taps() + " taps outside of pods");
        }
        node.sockets().forEach((pod, sockets) -> {
            long most = FEW_SOCKETS + SOCKETS_PER_GUEST * networks;
            if (sockets > most) {
                found.add(name + " has a process of Skete in pod " + pod + " with " + sockets + " sockets, at most "
                        + most + " with so many guests");
            }
        });
        return found;
    }

    private static <T> List<String> unknown(
            String node, String what, Collection<T> things, Function<T, String> pod, Set<String> known) {
        return things.stream()
                .map(pod)
                .filter(uid -> !known.contains(uid))
                .distinct()
                .map(uid -> node + " has " + what + " of pod " + uid + ", which is gone")
                .toList();
    }
}

package dev.skete.e2e.chaos;

import dev.skete.e2e.chaos.Action.GuestFault;
import dev.skete.e2e.chaos.Action.Harm;
import dev.skete.e2e.chaos.Action.Part;
import dev.skete.e2e.chaos.Action.SketeFault;
import dev.skete.e2e.chaos.NodeView.PodProcess;
import dev.skete.e2e.chaos.NodeView.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was seen from outside.
 *
 * @param guests pods of guests
 * @param told statuses of Unikernels, by name
 * @param placed every pod of the cluster
 * @param skete what is not as it should be with Skete's own parts
 * @param nodes by name
 */
record World(
        List<Guest> guests,
        Map<String, Told> told,
        List<Placed> placed,
        List<String> skete,
        Map<String, NodeView> nodes) {

    /**
     * Any pod.
     *
     * @param component of Skete, or empty
     * @param over whether its containers have ended for good
     */
    record Placed(
            String pod, String uid, String node, String component, boolean hostNetwork, boolean over, int restarts) {}

    Stream<Guest> guestsOf(String unit) {
        return guests.stream().filter(guest -> guest.unit().equals(unit));
    }

    List<PodProcess> processes(Guest guest, Role role) {
        return processes(guest.node(), guest.uid(), role);
    }

    List<PodProcess> processes(Placed pod, Role role) {
        return processes(pod.node(), pod.uid(), role);
    }

    private List<PodProcess> processes(String name, String pod, Role role) {
        var node = nodes.get(name);
        return node == null ? List.of() : node.of(pod, role);
    }

    boolean frozen(Guest guest) {
        return processes(guest, Role.VMM).stream().anyMatch(PodProcess::stopped);
    }

    /** Whom a fault hits: of a Unikernel's guests one that was started again least, or the one that is stopped. */
    Guest victim(GuestFault fault) {
        boolean stopped = fault.harm() == Harm.THAWED;
        return guestsOf(fault.unit())
                .filter(guest -> guest.live() && frozen(guest) == stopped)
                .sorted(Comparator.comparingInt(Guest::restarts).thenComparing(Guest::pod))
                .skip(fault.turn())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody to hit: " + fault));
    }

    /** The pod of Skete's that a fault hits. */
    Optional<Placed> part(SketeFault fault) {
        var component = fault.part() == Part.OPERATOR_KILLED ? "operator" : "node-agent";
        return placed.stream()
                .filter(pod -> pod.component().equals(component)
                        && (fault.node().isEmpty() || pod.node().equals(fault.node())))
                .findFirst();
    }
}

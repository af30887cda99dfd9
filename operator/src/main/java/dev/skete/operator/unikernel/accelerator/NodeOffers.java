package dev.skete.operator.unikernel.accelerator;

import dev.skete.api.Accelerator;
import io.fabric8.kubernetes.api.model.Node;
import java.math.BigDecimal;
import java.util.stream.Stream;

/** Which accelerators at least one node offers. */
public record NodeOffers(boolean kvm, boolean emulation) {

    /**
     * Reads the nodes' capacity. Not what is allocatable: that drops to nothing while a node agent restarts, which must not make
     * anybody's guests move.
     */
    public static NodeOffers of(Stream<Node> nodes) {
        return nodes.map(n -> new NodeOffers(has(n, Accelerator.KVM), has(n, Accelerator.Emulation)))
                .reduce(new NodeOffers(false, false), NodeOffers::or);
    }

    /** Whether some node offers {@code accelerator}. */
    public boolean offers(Accelerator accelerator) {
        return switch (accelerator) {
            case KVM -> kvm;
            case Emulation -> emulation;
        };
    }

    private NodeOffers or(NodeOffers other) {
        return new NodeOffers(kvm || other.kvm, emulation || other.emulation);
    }

    private static boolean has(Node node, Accelerator accelerator) {
        if (node.getStatus() == null || node.getStatus().getCapacity() == null) {
            return false;
        }
        var amount = node.getStatus().getCapacity().get(accelerator.resource());
        return amount != null && amount.getNumericalAmount().compareTo(BigDecimal.ZERO) > 0;
    }
}

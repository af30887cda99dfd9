package dev.skete.operator.unikernel.status;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a node is, by its condition Ready.
 *
 * @param since when the condition last turned, as its text says; empty if it does not
 * @param says the condition's message
 */
public record NodeView(Health health, String since, String says) {
    /** Values of the condition Ready. */
    public enum Health {
        READY,
        /** Its kubelet says that it cannot run pods now. */
        NOT_READY,
        /** Nobody has heard of its kubelet for a while: what its pods do cannot be known. */
        SILENT
    }

    /** The nodes by name; one that was never heard of counts as ready. */
    public static Map<String, NodeView> of(Stream<Node> nodes) {
        return nodes.collect(Collectors.toMap(n -> n.getMetadata().getName(), NodeView::of, (a, b) -> b));
    }

    boolean ready() {
        return health == Health.READY;
    }

    boolean silent() {
        return health == Health.SILENT;
    }

    /** When it last became ready. */
    Optional<Instant> readySince() {
        return ready() && !since.isEmpty() ? Optional.of(Instant.parse(since)) : Optional.empty();
    }

    private static NodeView of(Node node) {
        return Stream.ofNullable(node.getStatus())
                .flatMap(s -> s.getConditions().stream())
                .filter(c -> c.getType().equals("Ready"))
                .findFirst()
                .map(NodeView::of)
                .orElse(new NodeView(Health.READY, "", ""));
    }

    private static NodeView of(NodeCondition ready) {
        var health = switch (ready.getStatus()) {
            case "True" -> Health.READY;
            case "False" -> Health.NOT_READY;
            default -> Health.SILENT;
        };
        return new NodeView(health, text(ready.getLastTransitionTime()), text(ready.getMessage()));
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }
}

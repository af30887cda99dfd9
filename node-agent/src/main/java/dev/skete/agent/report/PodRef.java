package dev.skete.agent.report;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A guest's pod.
 *
 * @param namespace what its launcher calls its namespace
 * @param name what its launcher calls it
 * @param uid as the kernel has it; whatever is done to the pod by name must fail if the pod of that name has another
 */
public record PodRef(String namespace, String name, String uid) {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    /** What the API server takes for names; nothing else may get into the path of a request. */
    private static final Predicate<String> NAMESPACE = Pattern.compile(LABEL).asMatchPredicate();

    private static final Predicate<String> NAME =
            Pattern.compile(LABEL + "(\\." + LABEL + ")*").asMatchPredicate();

    /** The pod that a launcher names; nothing if no pod can be called that. */
    public static Optional<PodRef> named(String namespace, String name, String uid) {
        boolean possible =
                namespace.length() <= 63 && name.length() <= 253 && NAMESPACE.test(namespace) && NAME.test(name);
        return possible ? Optional.of(new PodRef(namespace, name, uid)) : Optional.empty();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}

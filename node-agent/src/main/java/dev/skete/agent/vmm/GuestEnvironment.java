package dev.skete.agent.vmm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** Tells the user's variables from those that the kubelet, the container runtime and Skete put beside them. */
public final class GuestEnvironment {
    private static final Set<String> RUNTIMES_OWN = Set.of("PATH", "HOME", "HOSTNAME", "TERM");
    private static final Set<String> SKETES_OWN = Set.of("SKETE_PLAN", "SKETE_POD_NAME", "SKETE_POD_NAMESPACE");

    private GuestEnvironment() {}

    /**
     * The guest's variables, in the launcher's order.
     *
     * @param environ entries {@code NAME=value}
     * @param namedByUser names that the user wrote in the spec, which are passed even if they look like somebody else's
     */
    public static SequencedMap<String, String> of(List<String> environ, List<String> namedByUser) {
        var named = Set.copyOf(namedByUser);
        var variables = new LinkedHashMap<String, String>();
        for (var entry : environ) {
            int equals = entry.indexOf('=');
            if (equals > 0 && isForGuest(entry.substring(0, equals), named)) {
                variables.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return variables;
    }

    private static boolean isForGuest(String name, Set<String> named) {
        if (SKETES_OWN.contains(name)) {
            return false;
        }
        boolean somebodyElses =
                RUNTIMES_OWN.contains(name) || name.startsWith("SKETE_") || name.startsWith("KUBERNETES_");
        return named.contains(name) || !somebodyElses;
    }
}

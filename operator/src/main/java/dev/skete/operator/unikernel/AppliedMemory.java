package dev.skete.operator.unikernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skete.operator.unikernel.compile.Digest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what was applied and what the API server made of it. While both the wish and the result are as remembered, applying again
 * would change nothing, so it need not be done. Forgetting is harmless: the API server itself recognises an apply that changes nothing.
 */
final class AppliedMemory {
    private static final int LARGEST = 20_000;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Map<String, Applied> entries = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Applied> eldest) {
            return size() > LARGEST;
        }
    });

    /** Whether {@code wanted} was applied, gave {@code live}, and nobody changed that since. */
    boolean upToDate(HasMetadata wanted, HasMetadata live) {
        return applied(wanted, live).equals(entries.get(key(live)));
    }

    void remember(HasMetadata wanted, HasMetadata result) {
        entries.put(key(result), applied(wanted, result));
    }

    /** It is gone, and what comes under its name is another. */
    void forget(HasMetadata live) {
        entries.remove(key(live));
    }

    private static String key(HasMetadata live) {
        return live.getMetadata().getUid();
    }

    private static Applied applied(HasMetadata wanted, HasMetadata live) {
        return new Applied(Digest.of(wanted), Digest.of(intent(live)));
    }

    /** An object without what changes while nobody wants anything else of it. */
    private static ObjectNode intent(HasMetadata live) {
        ObjectNode tree = JSON.valueToTree(live);
        tree.remove("status");
        ((ObjectNode) tree.get("metadata")).remove(List.of("managedFields", "resourceVersion"));
        return tree;
    }

    private record Applied(String wanted, String live) {}
}

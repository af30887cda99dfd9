package dev.skete.api.released;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Compares a CRD with an earlier one: every object that was valid must still be, and mean the same; whoever reads or scales objects must
 * still find what they found.
 */
final class CrdComparison {
    private CrdComparison() {}

    static List<Breach> breaches(JsonNode before, JsonNode after) {
        var breaches = new ArrayList<Breach>();
        for (var path : List.of("/spec/group", "/spec/scope", "/spec/names/kind", "/spec/names/plural")) {
            if (!before.at(path).equals(after.at(path))) {
                breaches.add(new Breach(
                        path.substring(1).replace('/', '.'),
                        "changed from " + before.at(path) + " to " + after.at(path)
                                + ", which makes it another kind; change it back"));
            }
        }
        served(before).forEach(version -> compare(version, after, breaches));
        return breaches;
    }

    private static void compare(JsonNode version, JsonNode after, List<Breach> breaches) {
        var name = version.path("name").asText();
        Optional<JsonNode> now =
                served(after).filter(v -> v.path("name").asText().equals(name)).findFirst();
        if (now.isEmpty()) {
            breaches.add(
                    new Breach(name, "is no longer served; objects and manifests are of this version: serve it on"));
            return;
        }
        if (!version.path("subresources").equals(now.get().path("subresources"))) {
            breaches.add(new Breach(
                    name + ".subresources",
                    "changed; kubectl scale, autoscalers or status writers rely on it: restore it"));
        }
        breaches.addAll(SchemaComparison.breaches(name, schema(version), schema(now.get())));
    }

    private static Stream<JsonNode> served(JsonNode crd) {
        return StreamSupport.stream(crd.at("/spec/versions").spliterator(), false)
                .filter(v -> v.path("served").asBoolean());
    }

    private static JsonNode schema(JsonNode version) {
        return version.at("/schema/openAPIV3Schema");
    }
}

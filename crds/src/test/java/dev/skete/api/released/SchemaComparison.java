package dev.skete.api.released;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Compares one schema, and all below it, with an earlier one. */
final class SchemaComparison {
    private static final List<String> UPPER_LIMITS = List.of("maximum", "maxLength", "maxItems", "maxProperties");
    private static final List<String> LOWER_LIMITS = List.of("minimum", "minLength", "minItems", "minProperties");

    /** What decides which values there can be, or how they are merged, and of which nobody can tell by looking whether it got narrower. */
    private static final List<String> FIXED = List.of(
            "type",
            "format",
            "pattern",
            "multipleOf",
            "nullable",
            "anyOf",
            "oneOf",
            "allOf",
            "not",
            "x-kubernetes-int-or-string",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-embedded-resource",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type");

    private final List<Breach> breaches = new ArrayList<>();

    private SchemaComparison() {}

    static List<Breach> breaches(String path, JsonNode before, JsonNode after) {
        var comparison = new SchemaComparison();
        comparison.compare(path, before, after);
        return comparison.breaches;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        FIXED.forEach(keyword -> compareFixed(path, keyword, before.path(keyword), after.path(keyword)));
        UPPER_LIMITS.forEach(limit -> compareLimit(path, limit, before.path(limit), after.path(limit), 1));
        LOWER_LIMITS.forEach(limit -> compareLimit(path, limit, before.path(limit), after.path(limit), -1));
        compareDefault(path, before.path("default"), after.path("default"));
        compareEnum(path, before.path("enum"), after.path("enum"));
        for (var name : missing(texts(after.path("required")), texts(before.path("required")))) {
            breach(path + "." + name, "is required now, so objects without it are refused: make it optional");
        }
        for (var rule : missing(rules(after), rules(before))) {
            breach(path, "has a new rule, which may refuse objects that were valid: " + rule);
        }
        compareProperties(path, before.path("properties"), after.path("properties"));
        compareChild(path + "[]", before.path("items"), after.path("items"));
        compareChild(path + ".*", before.path("additionalProperties"), after.path("additionalProperties"));
    }

    private void compareFixed(String path, String keyword, JsonNode before, JsonNode after) {
        if (!before.equals(after)) {
            breach(
                    path,
                    "%s changed from %s to %s: change it back, or add another field"
                            .formatted(keyword, text(before), text(after)));
        }
    }

    private void compareLimit(String path, String limit, JsonNode before, JsonNode after, int sign) {
        if (after.isMissingNode()) {
            return;
        }
        if (before.isMissingNode() || sign * after.decimalValue().compareTo(before.decimalValue()) < 0) {
            breach(
                    path,
                    "%s was tightened from %s to %s, so objects beyond it are refused: restore it"
                            .formatted(limit, text(before), text(after)));
        }
    }

    private void compareDefault(String path, JsonNode before, JsonNode after) {
        if (!before.equals(after)) {
            breach(
                    path,
                    "default changed from %s to %s, so objects that leave it out mean something else: restore it"
                            .formatted(text(before), text(after)));
        }
    }

    private void compareEnum(String path, JsonNode before, JsonNode after) {
        if (after.isMissingNode()) {
            return;
        }
        if (before.isMissingNode()) {
            breach(path, "takes only " + after + " now: allow every value again");
        }
        for (var value : missing(texts(before), texts(after))) {
            breach(path, "no longer takes " + value + ": add the value again");
        }
    }

    private void compareProperties(String path, JsonNode before, JsonNode after) {
        before.properties()
                .forEach(field ->
                        compareChild(path + "." + field.getKey(), field.getValue(), after.path(field.getKey())));
        for (var name : missing(names(after), names(before))) {
            if (!after.path(name).path("default").isMissingNode() && path.contains(".spec")) {
                breach(
                        path + "." + name,
                        "is new and has a default in the schema, which makes every stored object look changed and"
                                + " its guests restart at an upgrade: let the operator's compiler default it");
            }
        }
    }

    private void compareChild(String path, JsonNode before, JsonNode after) {
        if (!before.isMissingNode() && after.isMissingNode()) {
            breach(
                    path,
                    "was removed, so what objects say there is dropped: keep it, and say in its description that it is deprecated");
        } else if (!before.isMissingNode()) {
            compare(path, before, after);
        }
    }

    private void breach(String path, String what) {
        breaches.add(new Breach(path, what));
    }

    private static Set<String> rules(JsonNode schema) {
        return StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
                .map(rule -> rule.path("rule").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Those of {@code wanted} that are not in {@code present}. */
    private static Set<String> missing(Set<String> wanted, Set<String> present) {
        var missing = new TreeSet<>(wanted);
        missing.removeAll(present);
        return missing;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "none" : value.toString();
    }
}

package dev.skete.api.generate;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.LinkedHashSet;

/** Repairs, in every corner of a schema, what the generator gets wrong or leaves out. */
final class SchemaRepair {
    /** Longer than any quantity, port or percentage; without a bound every CEL rule on them counts as costly. */
    private static final long MAX_INT_OR_STRING = 64;

    private SchemaRepair() {}

    static void repair(JSONSchemaProps schema) {
        // A record hands an annotation of a component to both its field and its accessor, and the generator collects
        // from both.
        schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            schema.setMaxLength(MAX_INT_OR_STRING);
        }
        if (schema.getItems() != null) {
            if (schema.getXKubernetesListType() == null) {
                schema.setXKubernetesListType("atomic");
            }
            repair(schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null) {
            repair(schema.getAdditionalProperties().getSchema());
        }
        schema.getProperties().values().forEach(SchemaRepair::repair);
    }
}

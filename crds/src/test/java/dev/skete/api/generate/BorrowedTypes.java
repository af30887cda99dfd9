package dev.skete.api.generate;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;

/**
 * What our schemas need to know of types borrowed from Kubernetes, which carry no annotations: fields that are keys of a list must be
 * present, and texts that a CEL rule reads must be bounded, or the API server refuses the rule as too costly. The bounds are generous.
 */
final class BorrowedTypes {
    private static final long MAX_NAME = 256;
    private static final long MAX_VALUE = 16 * 1024;

    private BorrowedTypes() {}

    static void refine(Class<?> type, JSONSchemaProps schema) {
        if (type == EnvVar.class) {
            schema.setRequired(List.of("name"));
            bound(schema, "name", MAX_NAME);
            bound(schema, "value", MAX_VALUE);
        } else if (type == EnvFromSource.class) {
            bound(schema, "prefix", MAX_NAME);
        } else if (type == Probe.class) {
            schema.getXKubernetesValidations().addAll(List.of(Rules.noExecProbe(), Rules.oneHandler()));
        } else if (type == LocalObjectReference.class) {
            schema.setRequired(List.of("name"));
        } else if (type == TopologySpreadConstraint.class) {
            schema.setRequired(List.of("maxSkew", "topologyKey", "whenUnsatisfiable"));
        } else if (type == Condition.class) {
            schema.setRequired(List.of("type", "status", "reason", "message", "lastTransitionTime"));
            Field.of(schema, "lastTransitionTime").setFormat("date-time");
        }
    }

    private static void bound(JSONSchemaProps schema, String field, long maxLength) {
        Field.of(schema, field).setMaxLength(maxLength);
    }
}

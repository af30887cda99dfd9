package dev.skete.api.generate;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Adds to a generated CRD what the generator cannot express, and undoes what it does to it: it sorts printer columns by path. */
final class CrdRefiner {
    private CrdRefiner() {}

    static CustomResourceDefinition refine(CustomResourceDefinition crd, Class<? extends CustomResource<?, ?>> type) {
        for (var version : crd.getSpec().getVersions()) {
            orderColumns(version, type);
            refineSchema(version.getSchema().getOpenAPIV3Schema(), type);
        }
        return crd;
    }

    private static void orderColumns(CustomResourceDefinitionVersion version, Class<?> type) {
        List<String> order = Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        version.getAdditionalPrinterColumns()
                .sort(Comparator.comparingInt((CustomResourceColumnDefinition c) -> order.indexOf(c.getName())));
    }

    private static void refineSchema(JSONSchemaProps schema, Class<?> type) {
        var parameters = ((ParameterizedType) type.getGenericSuperclass()).getActualTypeArguments();
        schema.setRequired(List.of("spec"));
        describe(schema, type);
        refinePart(schema, "spec", (Class<?>) parameters[0]);
        refinePart(schema, "status", (Class<?>) parameters[1]);
        SchemaRepair.repair(schema);
    }

    private static void refinePart(JSONSchemaProps schema, String part, Class<?> type) {
        if (type == Void.class) {
            schema.getProperties().remove(part);
        } else {
            describe(Field.of(schema, part), type);
            SchemaRefiner.refine(type, Field.of(schema, part));
        }
    }

    private static void describe(JSONSchemaProps schema, Class<?> type) {
        schema.setDescription(type.getAnnotation(JsonClassDescription.class).value());
    }
}

package dev.skete.api.generate;

import dev.skete.api.schema.FixedForJobs;
import dev.skete.api.schema.ItemRule;
import dev.skete.api.schema.ListType;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Walks an API record beside the schema generated from it, and puts into the schema what the record's own annotations say. */
final class SchemaRefiner {
    private SchemaRefiner() {}

    static void refine(Class<?> type, JSONSchemaProps schema) {
        for (RecordComponent component : type.getRecordComponents()) {
            JSONSchemaProps property = Field.of(schema, component.getName());
            refineList(component, property);
            if (component.isAnnotationPresent(FixedForJobs.class)) {
                schema.getXKubernetesValidations().add(Rules.fixedForJobs(component.getName()));
            }
            if (component.getType() == Probe.class) {
                schema.getXKubernetesValidations().add(Rules.knownPort(component.getName()));
            }
            refineNested(component.getGenericType(), property);
        }
    }

    private static void refineList(RecordComponent component, JSONSchemaProps property) {
        ListType list = component.getAnnotation(ListType.class);
        if (list != null) {
            property.setXKubernetesListType(list.value().name().toLowerCase(Locale.ROOT));
            property.setXKubernetesListMapKeys(List.of(list.keys()));
        }
        for (ItemRule rule : component.getAnnotationsByType(ItemRule.class)) {
            items(property).getXKubernetesValidations().add(Rules.of(rule.value(), rule.message()));
        }
    }

    private static void refineNested(Type type, JSONSchemaProps property) {
        switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class -> refineNested(list.getActualTypeArguments()[0], items(property));
            case ParameterizedType map when map.getRawType() == Map.class -> {}
            case Class<?> record when record.isRecord() -> refine(record, property);
            case Class<?> other -> BorrowedTypes.refine(other, property);
            default -> throw new IllegalArgumentException("the API has a type no schema is known for: " + type);
        }
    }

    private static JSONSchemaProps items(JSONSchemaProps list) {
        return list.getItems().getSchema();
    }
}

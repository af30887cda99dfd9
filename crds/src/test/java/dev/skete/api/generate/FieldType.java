package dev.skete.api.generate;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;

/** Types of fields, in words. */
final class FieldType {
    private FieldType() {}

    static String describe(Type type, JSONSchemaProps schema) {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class ->
                "list of "
                        + describe(
                                list.getActualTypeArguments()[0],
                                schema.getItems().getSchema());
            case ParameterizedType map ->
                "map of "
                        + describe(
                                map.getActualTypeArguments()[1],
                                schema.getAdditionalProperties().getSchema());
            case Class<?> plain -> describe(plain, schema);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    /** What a list or map is of, or the type itself. */
    static Class<?> element(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic ->
                element(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static String describe(Class<?> type, JSONSchemaProps schema) {
        if (!schema.getEnum().isEmpty()) {
            return schema.getEnum().stream().map(v -> "`" + v.asText() + "`").collect(Collectors.joining(", "));
        }
        if (type == Quantity.class) {
            return "quantity";
        }
        if (type == String.class) {
            return "string";
        }
        if (type == Integer.class || type == Long.class) {
            return "integer";
        }
        return type.isRecord() ? "object" : type.getSimpleName();
    }
}

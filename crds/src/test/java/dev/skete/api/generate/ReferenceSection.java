package dev.skete.api.generate;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** The fields of one object in the API reference, followed by sections for the objects inside it. */
final class ReferenceSection {
    private ReferenceSection() {}

    static void append(StringBuilder page, String path, Class<?> type, JSONSchemaProps schema) {
        page.append("\n### `%s`\n\n| field | type | default | |\n|---|---|---|---|\n".formatted(path));
        for (RecordComponent component : type.getRecordComponents()) {
            JSONSchemaProps field = Field.of(schema, component.getName());
            page.append("| `%s`%s | %s | %s | %s |\n"
                    .formatted(
                            component.getName(),
                            schema.getRequired().contains(component.getName()) ? "*" : "",
                            FieldType.describe(component.getGenericType(), field),
                            field.getDefault() == null || field.getDefault().isObject()
                                    ? ""
                                    : "`" + field.getDefault().asText() + "`",
                            cell(field.getDescription())));
        }
        appendRules(page, schema);
        appendNested(page, path, type, schema);
    }

    /** What the API server says to an object that breaks a rule about several of its fields. */
    static void appendRules(StringBuilder page, JSONSchemaProps schema) {
        List<String> says = new ArrayList<>();
        List<String> fixedForJobs = new ArrayList<>();
        for (ValidationRule rule : schema.getXKubernetesValidations()) {
            String field =
                    rule.getFieldPath() == null ? "" : rule.getFieldPath().substring(1);
            if (rule.equals(Rules.fixedForJobs(field))) {
                fixedForJobs.add(field);
            } else {
                says.add(rule.getMessage());
            }
        }
        if (!fixedForJobs.isEmpty()) {
            says.add(Rules.fixedForJobs(String.join(", ", fixedForJobs)).getMessage());
        }
        if (!says.isEmpty()) {
            page.append("\nThe API server's refusals:\n\n");
            says.forEach(message -> page.append("- ").append(message).append('\n'));
        }
    }

    private static void appendNested(StringBuilder page, String path, Class<?> type, JSONSchemaProps schema) {
        for (RecordComponent component : type.getRecordComponents()) {
            Class<?> element = FieldType.element(component.getGenericType());
            if (element.isRecord()) {
                JSONSchemaProps field = Field.of(schema, component.getName());
                boolean list = field.getItems() != null;
                String name = path + "." + component.getName();
                append(
                        page,
                        list ? name + "[]" : name,
                        element,
                        list ? field.getItems().getSchema() : field);
            }
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}

package dev.skete.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.api.UnikernelSpec;
import dev.skete.api.UnikernelStatus;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    @ParameterizedTest
    @ValueSource(classes = {UnikernelSpec.class, UnikernelStatus.class, UnikernelRuntimeSpec.class})
    void everyFieldOfOursExplainsItself(Class<?> type) {
        String part = type == UnikernelStatus.class ? "status" : "spec";
        String crd = type == UnikernelRuntimeSpec.class ? "unikernelruntimes" : "unikernels";
        assertThat(undocumented(type, Field.of(schema(crd), part), part)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.skete.api.generate.CrdYaml#all")
    void everyListSaysHowItMerges(CrdYaml crd) {
        JsonNode tree = Serialization.unmarshal(crd.text(), JsonNode.class);
        assertThat(tree.findParents("items"))
                .filteredOn(node -> "array".equals(node.path("type").asText()))
                .isNotEmpty()
                .allMatch(list -> list.hasNonNull("x-kubernetes-list-type"));
    }

    @Test
    void noFieldIsABoolean() {
        assertThat(records(UnikernelSpec.class, UnikernelStatus.class, UnikernelRuntimeSpec.class)
                        .flatMap(r -> Stream.of(r.getRecordComponents())))
                .noneMatch(c -> c.getType() == Boolean.class || c.getType() == boolean.class);
    }

    private static JSONSchemaProps schema(String crd) {
        String text = CrdYaml.all().stream()
                .filter(c -> c.file().endsWith(crd + ".skete.dev.yaml"))
                .map(CrdYaml::text)
                .findFirst()
                .orElseThrow();
        return Serialization.unmarshal(text, CustomResourceDefinition.class)
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema();
    }

    private static List<String> undocumented(Class<?> type, JSONSchemaProps schema, String path) {
        List<String> found = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            JSONSchemaProps property = Field.of(schema, component.getName());
            String name = path + "." + component.getName();
            if (property.getDescription() == null || property.getDescription().isBlank()) {
                found.add(name);
            }
            Class<?> element = elementOf(component.getGenericType());
            if (element.isRecord()) {
                boolean list = property.getItems() != null;
                found.addAll(undocumented(element, list ? property.getItems().getSchema() : property, name));
            }
        }
        return found;
    }

    private static Class<?> elementOf(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> elementOf(generic.getActualTypeArguments()[0]);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static Stream<Class<?>> records(Class<?>... types) {
        return Stream.of(types)
                .filter(Class::isRecord)
                .flatMap(type -> Stream.concat(
                        Stream.of(type),
                        Stream.of(type.getRecordComponents()).flatMap(c -> records(elementOf(c.getGenericType())))));
    }
}

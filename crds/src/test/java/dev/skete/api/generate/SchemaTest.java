package dev.skete.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.api.UnikernelSpec;
import dev.skete.api.UnikernelStatus;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {
    private static final List<String> POWERS = List.of(
            "hostPath",
            "hostNetwork",
            "hostPID",
            "hostIPC",
            "hostPort",
            "hostUsers",
            "csi",
            "nfs",
            "ephemeral",
            "securityContext",
            "privileged",
            "capabilities",
            "serviceAccountName",
            "serviceAccount",
            "automountServiceAccountToken",
            "runtimeClassName",
            "nodeName",
            "containers",
            "initContainers",
            "lifecycle",
            "limits",
            "nodePort",
            "externalIPs",
            "namespace");

    @Test
    void everyFieldOfOursExplainsItself() {
        JSONSchemaProps unikernel = schema(Unikernel.class);
        JSONSchemaProps runtime = schema(UnikernelRuntime.class);
        assertThat(List.of(unikernel, runtime)).allMatch(SchemaTest::isDocumented);
        assertThat(undocumented("spec", UnikernelSpec.class, unikernel)).isEmpty();
        assertThat(undocumented("status", UnikernelStatus.class, unikernel)).isEmpty();
        assertThat(undocumented("spec", UnikernelRuntimeSpec.class, runtime)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.skete.api.generate.CrdYaml#all")
    void everyListSaysHowItMerges(GeneratedFile crd) {
        JsonNode tree = Serialization.unmarshal(crd.text(), JsonNode.class);
        assertThat(tree.findParents("items"))
                .filteredOn(node -> "array".equals(node.path("type").asText()))
                .isNotEmpty()
                .allMatch(list -> list.hasNonNull("x-kubernetes-list-type"));
    }

    /** docs/security.md: what a Unikernel cannot ask for. An unknown field would be kept only where a schema says so. */
    @Test
    void noFieldOfAUnikernelGivesPowerOverANodeOrAnAccount() {
        JsonNode schema = Serialization.unmarshal(CrdYaml.all().getFirst().text(), JsonNode.class);
        assertThat(fields(schema))
                .contains("persistentVolumeClaim", "nodeSelector")
                .doesNotContainAnyElementsOf(POWERS);
        assertThat(schema.findValues("x-kubernetes-preserve-unknown-fields")).isEmpty();
    }

    /** An enum can grow. Job's suspend is the one exception: everybody knows it as it is. */
    @Test
    void noFieldButSuspendIsABoolean() {
        assertThat(records(UnikernelSpec.class, UnikernelStatus.class, UnikernelRuntimeSpec.class)
                        .flatMap(r -> Stream.of(r.getRecordComponents())))
                .filteredOn(c -> c.getType() == Boolean.class || c.getType() == boolean.class)
                .extracting(RecordComponent::getName)
                .containsExactly("suspend");
    }

    private static Stream<String> fields(JsonNode schema) {
        return Stream.concat(
                schema.path("properties").properties().stream().map(Map.Entry::getKey),
                StreamSupport.stream(schema.spliterator(), false).flatMap(SchemaTest::fields));
    }

    private static JSONSchemaProps schema(Class<? extends CustomResource<?, ?>> type) {
        return CrdYaml.crd(type).getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }

    private static List<String> undocumented(String name, Class<?> type, JSONSchemaProps parent) {
        JSONSchemaProps schema = Field.of(parent, name);
        JSONSchemaProps object =
                schema.getItems() == null ? schema : schema.getItems().getSchema();
        List<String> found = new ArrayList<>();
        if (!isDocumented(schema)) {
            found.add(name);
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                Class<?> element = FieldType.element(component.getGenericType());
                undocumented(component.getName(), element, object).forEach(inner -> found.add(name + "." + inner));
            }
        }
        return found;
    }

    private static boolean isDocumented(JSONSchemaProps schema) {
        return schema.getDescription() != null && !schema.getDescription().isBlank();
    }

    private static Stream<Class<?>> records(Class<?>... types) {
        return Stream.of(types)
                .filter(Class::isRecord)
                .flatMap(type -> Stream.concat(
                        Stream.of(type),
                        Stream.of(type.getRecordComponents())
                                .flatMap(c -> records(FieldType.element(c.getGenericType())))));
    }
}

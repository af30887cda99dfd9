package dev.skete.api.generate;

import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.lang.reflect.ParameterizedType;

/** The API as a page for people: docs/reference/api.md. */
final class ApiReference {
    private static final String INTRODUCTION = """
            <!-- Generated from the types in crds/src/main/java/dev/skete/api; do not edit. To write it anew:
                 %s -->
            # API reference

            `kubectl explain unikernel.spec` says the same at a terminal. Types that are Kubernetes' own carry its name for them
            and are described in [its reference](https://kubernetes.io/docs/reference/kubernetes-api/). Fields marked with * are required.
            """.formatted(GeneratedFile.COMMAND);

    private ApiReference() {}

    static GeneratedFile file() {
        return GeneratedFile.at(
                "docs/reference/api.md", INTRODUCTION + kind(Unikernel.class) + kind(UnikernelRuntime.class));
    }

    private static String kind(Class<? extends CustomResource<?, ?>> type) {
        CustomResourceDefinition crd = CrdYaml.crd(type);
        var spec = crd.getSpec();
        JSONSchemaProps schema = spec.getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        var page = new StringBuilder();
        page.append("""

                ## %s

                `%s/%s`, %s, short name `%s`. %s
                """.formatted(
                        spec.getNames().getKind(),
                        spec.getGroup(),
                        spec.getVersions().getFirst().getName(),
                        spec.getScope().equals("Cluster") ? "cluster-scoped" : "namespaced",
                        spec.getNames().getShortNames().getFirst(),
                        schema.getDescription()));
        ReferenceSection.appendRules(page, schema);
        var parts = ((ParameterizedType) type.getGenericSuperclass()).getActualTypeArguments();
        ReferenceSection.append(page, "spec", (Class<?>) parts[0], Field.of(schema, "spec"));
        if (parts[1] != Void.class) {
            ReferenceSection.append(page, "status", (Class<?>) parts[1], Field.of(schema, "status"));
        }
        return page.toString();
    }
}

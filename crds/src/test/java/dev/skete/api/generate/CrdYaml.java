package dev.skete.api.generate;

import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The CRDs as the chart carries them. */
final class CrdYaml {
    private static final String HEADER =
            "# Generated from the types in crds/src/main/java/dev/skete/api; do not edit. To write it anew:\n# "
                    + GeneratedFile.COMMAND + "\n";

    private CrdYaml() {}

    static List<GeneratedFile> all() {
        return List.of(of(Unikernel.class), of(UnikernelRuntime.class));
    }

    private static GeneratedFile of(Class<? extends CustomResource<?, ?>> type) {
        return GeneratedFile.at(
                "helm/skete/files/crds/" + CustomResource.getCRDName(type) + ".yaml", HEADER + text(type));
    }

    static CustomResourceDefinition crd(Class<? extends CustomResource<?, ?>> type) {
        return Serialization.unmarshal(text(type), CustomResourceDefinition.class);
    }

    private static String text(Class<? extends CustomResource<?, ?>> type) {
        var output = new InMemory();
        new CRDGenerator()
                .forCRDVersions("v1")
                .withMinQuotes(true)
                .withOutput(output)
                .withPostProcessor(new Refinement(type))
                .customResourceClasses(List.of(type))
                .generate();
        return output.text();
    }

    private record Refinement(Class<? extends CustomResource<?, ?>> type) implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
            return CrdRefiner.refine((CustomResourceDefinition) crd, type);
        }
    }

    private static final class InMemory extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        protected ByteArrayOutputStream createStreamFor(String crdName) {
            return bytes;
        }

        String text() {
            try {
                close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}

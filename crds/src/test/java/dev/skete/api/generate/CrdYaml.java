package dev.skete.api.generate;

import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The CRD of one API type as the chart carries it. */
record CrdYaml(Path file, String text) {
    static final String REGENERATE = "build/mvn -pl crds -am test -Dskete.crds=write";

    /** Where the chart keeps the CRDs, seen from this module's directory, in which Maven runs the tests. */
    private static final Path DIRECTORY = Path.of("..", "helm", "skete", "files", "crds");

    private static final String HEADER =
            "# Generated from the types in crds/src/main/java/dev/skete/api; do not edit. To write it anew:\n# "
                    + REGENERATE + "\n";

    static List<CrdYaml> all() {
        return List.of(of(Unikernel.class), of(UnikernelRuntime.class));
    }

    private static CrdYaml of(Class<? extends CustomResource<?, ?>> type) {
        var output = new InMemory();
        new CRDGenerator()
                .forCRDVersions("v1")
                .withMinQuotes(true)
                .withOutput(output)
                .withPostProcessor(new Refinement(type))
                .customResourceClasses(List.of(type))
                .generate();
        var file = DIRECTORY.resolve(CustomResource.getCRDName(type) + ".yaml");
        return new CrdYaml(file, HEADER + output.text());
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

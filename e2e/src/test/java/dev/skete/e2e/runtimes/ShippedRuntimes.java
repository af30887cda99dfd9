package dev.skete.e2e.runtimes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import dev.skete.api.UnikernelRuntimeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The runtimes of the chart, those that are off by default too, rendered by Helm. */
final class ShippedRuntimes {
    private static final Path CHART =
            Path.of("..", "helm", "skete").toAbsolutePath().normalize();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ShippedRuntimes() {}

    static Map<String, UnikernelRuntimeSpec> byName() {
        var rendered = new Helm(CHART)
                .template()
                .withName("skete")
                .withNamespace("skete-system")
                .withKubeVersion("1.34.0")
                .set("runtimes.uhyve", true)
                .set("runtimes.solo5Hvt", true)
                .call();
        var runtimes = new TreeMap<String, UnikernelRuntimeSpec>();
        try (var documents = YAML.readerFor(new TypeReference<JsonNode>() {}).<JsonNode>readValues(rendered)) {
            while (documents.hasNext()) {
                var document = documents.next();
                if (document.path("kind").asText().equals("UnikernelRuntime")) {
                    runtimes.put(
                            document.at("/metadata/name").asText(),
                            YAML.treeToValue(document.path("spec"), UnikernelRuntimeSpec.class));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Helm rendered something that is not YAML", e);
        }
        return runtimes;
    }
}

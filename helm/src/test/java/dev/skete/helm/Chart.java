package dev.skete.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The chart under test, rendered by Helm itself. */
final class Chart {
    static final Path DIRECTORY = Path.of("skete").toAbsolutePath();
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Chart() {}

    static LintResult lint() {
        return new Helm(DIRECTORY).lint().strict().call();
    }

    /** @throws IllegalStateException with Helm's message when it refuses the values */
    static String renderText(Map<String, Object> values) {
        return renderTextAs("skete", "skete-system", values);
    }

    static String renderTextAs(String release, String namespace, Map<String, Object> values) {
        var template = new Helm(DIRECTORY)
                .template()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion(HelmMain.RENDERED_FOR);
        values.forEach(template::set);
        return template.call();
    }

    static List<JsonNode> render(Map<String, Object> values) {
        return documents(renderText(values));
    }

    static List<JsonNode> documents(String yaml) {
        var documents = new ArrayList<JsonNode>();
        try (var read = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (read.hasNext()) {
                var document = read.next();
                if (document.isObject()) {
                    documents.add(document);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Helm rendered something that is not YAML", e);
        }
        return documents;
    }

    static JsonNode find(List<JsonNode> documents, String kind, String name) {
        return documents.stream()
                .filter(document -> kind.equals(document.path("kind").asText()))
                .filter(document ->
                        name.equals(document.path("metadata").path("name").asText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " was rendered"));
    }

    static String yaml(JsonNode node) {
        try {
            return YAML.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}

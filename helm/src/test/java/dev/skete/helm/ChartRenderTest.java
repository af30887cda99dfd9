package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChartRenderTest {
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    static Stream<Arguments> variants() {
        return Stream.of(
                arguments("defaults", Map.of()),
                arguments(
                        "everything set",
                        Map.of(
                                "image.registry", "registry.example:5000/skete",
                                "image.pullSecrets[0]", "pull",
                                "operator.replicas", 2,
                                "operator.tolerations[0].operator", "Exists",
                                "operator.nodeSelector.pool", "system",
                                "agent.nodeSelector.pool", "guests",
                                "agent.vmms.uhyve.enabled", true,
                                "guests.seccompProfile", "Localhost",
                                "agent.maxUnavailable", 1)),
                arguments(
                        "as little as possible",
                        Map.of(
                                "runtimes.hermit", false,
                                "runtimes.elf", false,
                                "runtimes.elfQ35", false,
                                "runtimes.linux", false,
                                "runtimes.unikraft", false,
                                "runtimes.nanos", false,
                                "crds.upgrade", false,
                                "aggregateRoles", false)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void everyFieldIsOneThatKubernetesKnows(String name, Map<String, Object> values) {
        for (var document : kubernetesOwn(Chart.render(values))) {
            var object = KUBERNETES.<HasMetadata>unmarshal(Chart.yaml(document));
            assertThat(UnknownFields.in(object)).isEmpty();
            assertThat(object.getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/name", "skete")
                    .containsEntry("app.kubernetes.io/managed-by", "Helm");
        }
    }

    @Test
    void imagesComeFromTheChosenRegistry() {
        var text = Chart.renderText(Map.of("image.registry", "registry.example:5000/skete", "image.tag", "1.2.3"));
        assertThat(text)
                .contains("image: registry.example:5000/skete/operator:1.2.3")
                .contains("image: registry.example:5000/skete/node-agent:1.2.3")
                .contains("image: registry.example:5000/skete/vmm-qemu:1.2.3")
                .doesNotContain("vmm-uhyve");
        assertThat(Chart.renderText(Map.of("image.tag", "1.2.3", "agent.vmms.uhyve.enabled", true)))
                .contains("image: localhost/skete/vmm-uhyve:1.2.3");
    }

    @Test
    void anImageWithADigestIsNamedByIt() {
        var digest = "sha256:" + "0123456789abcdef".repeat(4);
        assertThat(Chart.renderText(Map.of("image.digests.node-agent", digest)))
                .contains("image: localhost/skete/node-agent@" + digest)
                .contains("image: localhost/skete/operator:dev");
    }

    @Test
    void crdsArePartOfTheReleaseOnlyWhereTheirOwnershipFits() {
        assertThat(kinds(Chart.render(Map.of()))).contains("CustomResourceDefinition");
        assertThat(kinds(Chart.render(Map.of("crds.upgrade", false)))).doesNotContain("CustomResourceDefinition");
        assertThat(kinds(Chart.documents(Chart.renderTextAs("other", "skete-system", Map.of()))))
                .doesNotContain("CustomResourceDefinition");
    }

    private static List<String> kinds(List<JsonNode> documents) {
        return documents.stream()
                .map(document -> document.path("kind").asText())
                .toList();
    }

    private static List<JsonNode> kubernetesOwn(List<JsonNode> documents) {
        return documents.stream()
                .filter(document -> !document.path("apiVersion").asText().startsWith("skete.dev/"))
                .filter(document -> !document.path("kind").asText().equals("CustomResourceDefinition"))
                .toList();
    }
}

package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartValuesTest {
    @ParameterizedTest
    @CsvSource({
        "agent.kvm,               Maybe,     /agent/kvm",
        "agent.port,              80,        /agent/port",
        "agent.port,              http,      /agent/port",
        "agent.guestsPerNode,     0,         /agent/guestsPerNode",
        "agent.maxUnavailable,    some,      /agent/maxUnavailable",
        "agent.kubeletDir,        kubelet/,  /agent/kubeletDir",
        "agent.privileged,        true,      privileged",
        "agent.vmms.uhyve.enabled, maybe,    /agent/vmms/uhyve/enabled",
        "agent.vmms.toaster.enabled, true,   toaster",
        "operator.replicas,       -1,        /operator/replicas",
        "operator.logLevel,       LOUD,      /operator/logLevel",
        "operator.resources.limits.memory, lots, /operator/resources/limits/memory",
        "image.pullPolicy,        Sometimes, /image/pullPolicy",
        "image.tag,               a b,       /image/tag",
        "image.digests.operator,  sha256:12, /image/digests/operator",
        "guests.seccompProfile,   Unconfined, /guests/seccompProfile",
        "runtimes.toaster,        true,      toaster",
        "hermit,                  true,      hermit",
    })
    void aWrongValueIsRefusedWithItsName(String key, String value, String named) {
        assertThatThrownBy(() -> Chart.render(Map.of(key, value))).hasMessageContaining(named);
    }

    @Test
    void everyValueHasADefaultAndALineInTheReadme() throws IOException {
        var readme = Files.readString(Chart.DIRECTORY.resolve("README.md"));
        var schema = read("values.schema.json");
        var defaults = read("values.yaml");
        var keys = keys(schema, "");
        keys.remove("global"); // Helm's own
        assertThat(keys).allSatisfy(key -> {
            assertThat(readme).contains(key.substring(key.lastIndexOf('.') + 1));
            assertThat(defaults.at("/" + key.replace('.', '/')).isMissingNode()).isFalse();
        });
    }

    private static JsonNode read(String file) throws IOException {
        return Chart.YAML.readTree(Chart.DIRECTORY.resolve(file).toFile());
    }

    /** The paths of all values that are not groups of values; Kubernetes' own structures count as one value. */
    private static List<String> keys(JsonNode schema, String prefix) {
        var keys = new ArrayList<String>();
        for (var property : schema.path("properties").properties()) {
            var path = prefix + property.getKey();
            var node = property.getValue();
            if (node.has("properties") && !property.getKey().equals("resources")) {
                keys.addAll(keys(node, path + "."));
            } else {
                keys.add(path);
            }
        }
        return keys;
    }
}

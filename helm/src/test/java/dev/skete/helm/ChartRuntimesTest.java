package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.skete.api.UnikernelRuntimeSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in runtimes against the types and the CRD; a real API server judges their CEL rules when the chart is installed in e2e. */
class ChartRuntimesTest {
    private final List<JsonNode> documents = Chart.render(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hermit",
                "hermit-microvm",
                "elf",
                "elf-q35",
                "linux",
                "unikraft",
                "nanos",
                "osv",
                "mirage-virtio"
            })
    void aBuiltInRuntimeFitsTheApi(String name) throws IOException {
        var runtime = Chart.find(documents, "UnikernelRuntime", name);
        assertThat(spec(runtime).vmm()).isEqualTo("qemu");
        var schema = Chart.find(documents, "CustomResourceDefinition", "unikernelruntimes.skete.dev")
                .at("/spec/versions/0/schema/openAPIV3Schema");
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                        .getSchema(schema)
                        .validate(runtime))
                .isEmpty();
    }

    @Test
    void anElfGuestEndsWithWhatItWroteLessOneAndQemusOwnFailureIsNoSuccess() throws IOException {
        var codes = spec(Chart.find(documents, "UnikernelRuntime", "elf")).exitCodes();
        assertThat(codes)
                .hasSize(126)
                .doesNotContainKey("1")
                .containsEntry("3", 0)
                .containsEntry("5", 1)
                .containsEntry("17", 7)
                .containsEntry("253", 125);
    }

    @Test
    void runtimesThatNeedMoreThanTheChartInstallsAreThereOnlyWhenAskedFor() throws IOException {
        assertThat(documents)
                .extracting(document -> document.path("metadata").path("name").asText())
                .doesNotContain("uhyve", "solo5-hvt");
        var asked = Chart.render(Map.of("runtimes.uhyve", true, "runtimes.solo5Hvt", true));
        for (var name : List.of("uhyve", "solo5-hvt")) {
            var runtime = Chart.find(asked, "UnikernelRuntime", name);
            assertThat(spec(runtime).vmm()).isEqualTo(name);
            var schema = Chart.find(asked, "CustomResourceDefinition", "unikernelruntimes.skete.dev")
                    .at("/spec/versions/0/schema/openAPIV3Schema");
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                            .getSchema(schema)
                            .validate(runtime))
                    .isEmpty();
        }
    }

    @Test
    void aRuntimeCanBeLeftOut() {
        var rendered = Chart.render(Map.of("runtimes.elf", false));
        assertThat(rendered)
                .filteredOn(document -> document.path("kind").asText().equals("UnikernelRuntime"))
                .extracting(document -> document.path("metadata").path("name").asText())
                .contains("hermit", "elf-q35")
                .doesNotContain("elf");
    }

    private static UnikernelRuntimeSpec spec(JsonNode runtime) throws IOException {
        return Chart.YAML
                .readerFor(UnikernelRuntimeSpec.class)
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(runtime.path("spec"));
    }
}

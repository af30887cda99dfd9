package dev.skete.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdYamlTest {
    @ParameterizedTest
    @MethodSource("dev.skete.api.generate.CrdYaml#all")
    void theChartCarriesTheCrdThatTheTypesDescribe(CrdYaml crd) throws IOException {
        if ("write".equals(System.getProperty("skete.crds"))) {
            Files.createDirectories(crd.file().getParent());
            Files.writeString(crd.file(), crd.text());
        }
        assertThat(crd.file())
                .as("the chart's CRD is not what the types say; write it anew with: %s", CrdYaml.REGENERATE)
                .content()
                .isEqualTo(crd.text());
    }
}

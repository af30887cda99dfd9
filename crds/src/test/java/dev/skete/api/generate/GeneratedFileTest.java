package dev.skete.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedFileTest {
    @ParameterizedTest
    @MethodSource("dev.skete.api.generate.GeneratedFile#all")
    void theRepositoryHoldsWhatTheTypesSay(GeneratedFile file) throws IOException {
        if ("write".equals(System.getProperty("skete.crds"))) {
            Files.createDirectories(file.path().getParent());
            Files.writeString(file.path(), file.text());
        }
        assertThat(file.path())
                .as("%s is not what the API types say; write it anew with: %s", file, GeneratedFile.COMMAND)
                .content()
                .isEqualTo(file.text());
    }
}

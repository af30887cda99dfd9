package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code crds/} of the chart is what module crds generates plus the metadata by which Helm takes the CRDs into release skete (see
 * templates/crds.yaml). {@code -Dskete.crds=write} writes it anew.
 */
class ChartCrdsTest {
    private static final String OWNERSHIP = """
              labels:
                app.kubernetes.io/managed-by: Helm
              annotations:
                helm.sh/resource-policy: keep
                meta.helm.sh/release-name: skete
                meta.helm.sh/release-namespace: skete-system
            """;

    @ParameterizedTest
    @ValueSource(strings = {"unikernels.skete.dev.yaml", "unikernelruntimes.skete.dev.yaml"})
    void crdsOfTheChartAreTheGeneratedOnesWithTheReleaseAsOwner(String name) throws IOException {
        var wanted =
                owned(Files.readString(Chart.DIRECTORY.resolve("files/crds").resolve(name)));
        var file = Chart.DIRECTORY.resolve("crds").resolve(name);
        if ("write".equals(System.getProperty("skete.crds"))) {
            write(file, wanted);
        }
        assertThat(file).as("run with -Dskete.crds=write to update it").hasContent(wanted);
    }

    private static String owned(String crd) {
        return crd.replaceFirst("(?m)^metadata:\n(  name: .*\n)", "metadata:\n$1" + OWNERSHIP);
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}

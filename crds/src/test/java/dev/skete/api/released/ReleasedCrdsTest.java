package dev.skete.api.released;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects that a released version took are taken by this one, and mean the same. */
class ReleasedCrdsTest {
    /** Held to be what the API types say by GeneratedFileTest. */
    private static final Path TODAY = Path.of("../helm/skete/files/crds");

    private static final List<String> CRDS = List.of("unikernels.skete.dev.yaml", "unikernelruntimes.skete.dev.yaml");

    static Stream<Arguments> released() {
        return Release.all().stream().flatMap(release -> CRDS.stream().map(crd -> arguments(release, crd)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("released")
    void aReleasedCrdIsStillKeptTo(Release release, String crd) throws IOException {
        var recorded = release.directory().resolve(crd);
        if (release.isBeingRecorded()) {
            Files.copy(TODAY.resolve(crd), recorded, StandardCopyOption.REPLACE_EXISTING);
        }
        var accepted = release.accepted();
        assertThat(CrdComparison.breaches(yaml(recorded), yaml(TODAY.resolve(crd))))
                .filteredOn(breach -> !accepted.contains(breach.toString()))
                .as(
                        "what release %s took and this code does not (if %s is not released yet, record it anew: %s; if it is meant, put the line into %s)",
                        release, release, Release.COMMAND, release.directory().resolve(Release.ACCEPTED))
                .isEmpty();
    }

    private static JsonNode yaml(Path file) throws IOException {
        return Serialization.unmarshal(Files.readString(file), JsonNode.class);
    }
}

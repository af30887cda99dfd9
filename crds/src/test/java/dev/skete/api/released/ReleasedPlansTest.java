package dev.skete.api.released;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.InvalidLaunchPlanException;
import dev.skete.api.LaunchPlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans of released operators, one for each runtime they shipped; module e2e launches from them. */
class ReleasedPlansTest {
    static Stream<Path> released() {
        return Release.all().stream().flatMap(release -> release.plans().stream());
    }

    /** Another text would be another pod template, and every guest would restart at an upgrade. */
    @ParameterizedTest
    @MethodSource("released")
    void aReleasedPlanIsReadAndWouldBeWrittenTheSame(Path plan) throws IOException, InvalidLaunchPlanException {
        var text = Files.readString(plan);
        assertThat(LaunchPlanJson.encode(LaunchPlanJson.decode(text)))
                .as("a field that is added must be @Nullable, and null mean what was before (see LaunchPlan)")
                .isEqualTo(text);
    }
}

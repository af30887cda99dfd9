package dev.skete.e2e.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.InvalidLaunchPlanException;
import dev.skete.api.LaunchPlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An upgrade under guests that run: the plans that released operators wrote for the shipped runtimes, which are in the pods of those
 * guests and come to a newer node agent when one restarts. {@value #COMMAND} records those of a release.
 */
class ReleasedPlansTest {
    private static final String COMMAND = "build/mvn -pl crds,e2e -am test -Dskete.release=VERSION";
    private static final Path RELEASES = Path.of("../crds/src/test/resources/released");

    static Stream<Arguments> released() throws IOException {
        var guests = ShippedGuest.all().toList();
        try (var releases = Files.list(RELEASES)) {
            return releases.filter(Files::isDirectory).sorted().toList().stream()
                    .flatMap(release -> guests.stream()
                            .filter(guest -> isBeingRecorded(release) || Files.exists(record(release, guest)))
                            .map(guest -> arguments(release.getFileName(), guest)));
        }
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("released")
    void aReleasedPlanGivesTheSameGuest(Path release, ShippedGuest guest)
            throws IOException, InvalidLaunchPlanException, RefusedException {
        var words = guest.words(LaunchPlanJson.decode(recorded(release, guest)));
        if (!isAccepted(release, guest)) {
            assertThat(words)
                    .as("the VMM's words of a guest of release %s, started by this code", release)
                    .isEqualTo(guest.words(LaunchPlanJson.decode(guest.plan())));
        }
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("released")
    void anUpgradeChangesNoPlan(Path release, ShippedGuest guest) throws IOException {
        if (!isAccepted(release, guest)) {
            assertThat(guest.plan())
                    .as(
                            "the plan of %s; if guests of this runtime shall restart at an upgrade, say so in the release's notes and put"
                                    + " 'plan of %s' into accepted.txt of %s; if %s is not released yet: %s",
                            guest, guest, release, release, COMMAND)
                    .isEqualTo(recorded(release, guest));
        }
    }

    private static boolean isBeingRecorded(Path release) {
        return release.endsWith(System.getProperty("skete.release", "none"));
    }

    private static boolean isAccepted(Path release, ShippedGuest guest) throws IOException {
        var file = RELEASES.resolve(release).resolve("accepted.txt");
        return Files.exists(file) && Files.readAllLines(file).contains("plan of " + guest);
    }

    private static Path record(Path release, ShippedGuest guest) {
        return release.resolve("plans").resolve(guest + ".json");
    }

    private static String recorded(Path release, ShippedGuest guest) throws IOException {
        var file = record(RELEASES.resolve(release), guest);
        if (isBeingRecorded(release)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, guest.plan());
        }
        return Files.readString(file);
    }
}

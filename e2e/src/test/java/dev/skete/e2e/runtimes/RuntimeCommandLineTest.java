package dev.skete.e2e.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.InvalidLaunchPlanException;
import dev.skete.api.LaunchPlanJson;
import dev.skete.operator.unikernel.compile.Mismatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each shipped runtime makes of a Unikernel that asks for all the runtime can do: the VMM's words, one on a line.
 * {@value #COMMAND} writes the new results, for review as a diff.
 */
class RuntimeCommandLineTest {
    private static final boolean WRITE = "write".equals(System.getProperty("skete.golden"));
    private static final String COMMAND = "build/mvn -pl e2e -am test -Dskete.golden=write";
    private static final Path RESULTS = Path.of("src/test/resources/runtimes");

    @ParameterizedTest
    @MethodSource("dev.skete.e2e.runtimes.ShippedGuest#all")
    void aGuestStartsWithTheWordsOnRecord(ShippedGuest guest)
            throws IOException, RefusedException, InvalidLaunchPlanException {
        assertThat(Mismatch.of(guest.unikernel().getSpec(), guest.spec())).isEmpty();

        var words = guest.words(LaunchPlanJson.decode(guest.plan()));

        var record = RESULTS.resolve(guest.runtime() + ".txt");
        if (WRITE) {
            Files.writeString(record, words);
        }
        assertThat(record)
                .as("the words of %s on record; if they are as they should be now: %s", guest, COMMAND)
                .content()
                .isEqualTo(words);
    }
}

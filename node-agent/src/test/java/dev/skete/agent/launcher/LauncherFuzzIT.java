package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher's readers of what an agent or a guest writes, with gcc's sanitizers around them; see launcher/fuzz/fuzz.c. */
class LauncherFuzzIT {
    private static final Path FUZZER = Path.of("target/launcher-fuzz").toAbsolutePath();

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        assertThat(said("launcher/fuzz/build", FUZZER.toString())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"frames", "rules", "console"})
    void noInputMakesAReaderReadOrWriteOutOfPlaceOrSayWhatIsNotSo(String reader) throws Exception {
        var said = said(FUZZER.toString(), reader, Integer.toString(Fuzz.INPUTS), Long.toString(Fuzz.FIRST_SEED));
        assertThat(said).as("-Dskete.fuzz=1 -Dskete.fuzz.seed=N repeats it").matches("fuzz: .* inputs in \\d+ s\n");
        if (Fuzz.INPUTS >= 1_000_000) {
            System.out.print(said);
        }
    }

    private static String said(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}

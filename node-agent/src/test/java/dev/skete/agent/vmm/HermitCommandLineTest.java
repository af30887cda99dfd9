package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole line of a Hermit guest, read by Hermit's own rules. */
class HermitCommandLineTest {
    private static final Map<String, String> ADDRESS =
            Map.of("HERMIT_IP", "10.244.1.7", "HERMIT_MASK", "255.255.255.0", "HERMIT_GATEWAY", "10.244.1.1");

    @Property
    void theKernelGivesBackEveryArgument(@ForAll @Size(max = 8) List<@CharRange(from = ' ', to = '~') String> arguments)
            throws RefusedException {
        var read = read(arguments, Map.of());
        assertThat(read.arguments()).isEqualTo(arguments);
        assertThat(read.variables()).isEqualTo(ADDRESS);
        assertThat(read.ignored()).isEmpty();
    }

    @Property
    void theKernelGivesBackEveryVariable(@ForAll @CharRange(from = ' ', to = '~') String value)
            throws RefusedException {
        var read = read(List.of(), Map.of("MODE", value));
        assertThat(read.variables()).containsAllEntriesOf(ADDRESS).containsEntry("MODE", value);
        assertThat(read.ignored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "two words",
                "it's",
                "\"",
                "'",
                "''",
                "\\",
                "a\\",
                "\\\\n",
                "#",
                "# no comment",
                "$HOME `id`"
            })
    void aWordThatASplitterMightTearArrivesWhole(String word) throws RefusedException {
        assertThat(read(List.of("a", word, "b"), Map.of()).arguments()).containsExactly("a", word, "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--", "-ip", "-freq", "-mount", "env=A=b", "virtio_mmio.device=4K@0xfeb00000:12"})
    void anArgumentThatLooksLikeTheKernelsOwnStaysTheApplications(String word) throws RefusedException {
        var read = read(List.of(word, "10.0.0.66"), Map.of());
        assertThat(read.arguments()).containsExactly(word, "10.0.0.66");
        assertThat(read.variables()).isEqualTo(ADDRESS);
    }

    @Test
    void aVariableWhoseValueLooksLikeTheKernelsOwnStaysAValue() throws RefusedException {
        assertThat(read(List.of(), Map.of("A", "-- -ip 10.0.0.66")).variables()).containsEntry("A", "-- -ip 10.0.0.66");
    }

    @ParameterizedTest
    @CsvSource({"'\u0000',a NUL byte", "'\n',a newline", "é,not ASCII"})
    void whatCannotBeCarriedIsRefusedWithTheReason(String bad, String named) {
        refused(List.of("fine", "a" + bad), Map.of(), "argument 2", named);
        refused(List.of(), Map.of("MODE", "a" + bad), "variable MODE", named);
    }

    private static HermitWords read(List<String> arguments, Map<String, String> environment) throws RefusedException {
        return HermitWords.of(GuestCommandLine.of(Launches.of(Launches.hermit(), arguments, environment)));
    }

    private static void refused(List<String> arguments, Map<String, String> environment, String... texts) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> read(arguments, environment))
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(RefusalReason.BadArgument))
                .satisfies(e -> assertThat(e.refusal().text()).contains(texts));
    }
}

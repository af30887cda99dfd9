package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Quoting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestCommandLineTest {
    private static final List<String> ARGS = List.of("${args}");

    @Property
    void aPosixReaderGivesBackEveryArgument(
            @ForAll @Size(max = 8) List<@CharRange(from = ' ', to = '~') String> arguments) throws RefusedException {
        assertThat(PosixWords.split(posix(arguments))).isEqualTo(arguments);
    }

    @Test
    void variablesBecomeOneWordEachInTheirOrder() throws RefusedException {
        var variables = new LinkedHashMap<String, String>();
        variables.put("B", "x y");
        variables.put("A", "${name} $(b) `c`");
        var plan = Launches.withCommandLine(Launches.hermit(), Quoting.Posix, List.of("${env}"));
        assertThat(PosixWords.split(GuestCommandLine.of(Launches.of(plan, List.of(), variables))))
                .containsExactly("env=B=x y", "env=A=${name} $(b) `c`");
    }

    @Test
    void whatLooksLikeAPlaceholderInAnArgumentStaysAsItIs() throws RefusedException {
        assertThat(PosixWords.split(posix(List.of("${net.ip}", "${args}")))).containsExactly("${net.ip}", "${args}");
    }

    @ParameterizedTest
    @CsvSource({
        "${net.ip},10.244.1.7",
        "${net.prefix},24",
        "${net.mask},255.255.255.0",
        "${net.gateway},10.244.1.1",
        "${net.mac},0a:58:0a:f4:01:07",
        "${net.mtu},1450",
        "${net.dns},10.96.0.10",
        "'${net.search}','shop.svc.cluster.local,cluster.local'",
        "${pod.name},hello-1",
        "${pod.namespace},shop",
        "${net.ip}/${net.prefix}:x,10.244.1.7/24:x"
    })
    void aPlaceholderBecomesTheNodesFact(String template, String filled) throws RefusedException {
        var plan = Launches.withCommandLine(Launches.hermit(), Quoting.None, List.of(template));
        assertThat(GuestCommandLine.of(Launches.of(plan, List.of(), Map.of()))).isEqualTo(filled);
    }

    @Test
    void anUnknownPlaceholderIsRefusedAndTheKnownOnesAreListed() {
        refused(List.of("${net.ipv6}"), Quoting.Posix, List.of(), RefusalReason.BadPlan, "${net.ipv6}", "${net.mask}");
    }

    @Test
    void aGatewayThatThePodLacksIsRefused() {
        var facts = new NetworkFacts(
                "tap0",
                OptionalInt.of(3),
                "0a:00:00:00:00:01",
                1500,
                Launches.NETWORK.address(),
                32,
                Optional.empty(),
                Optional.empty(),
                List.of());
        var launch = Launches.of(Launches.hermit(), List.of(), Map.of(), facts);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> GuestCommandLine.of(launch))
                .withMessageContaining("${net.gateway}");
    }

    @ParameterizedTest
    @CsvSource({"'\u0000',a NUL byte", "'\n',a newline", "é,not ASCII", "'\u0007',0x07"})
    void aCharacterNoCommandLineCanCarryIsRefusedNamingTheArgument(String bad, String named) {
        refused(ARGS, Quoting.Posix, List.of("fine", "a" + bad), RefusalReason.BadArgument, "argument 2", named);
    }

    @Test
    void aVariableIsNamedToo() {
        var plan = Launches.withCommandLine(Launches.hermit(), Quoting.Posix, List.of("${env}"));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> GuestCommandLine.of(Launches.of(plan, List.of(), Map.of("CERT", "a\nb"))))
                .withMessageContaining("variable CERT");
    }

    @ParameterizedTest
    @CsvSource({"two words", "it's", "say \"x\"", "''"})
    void withoutQuotingAWordThatWouldBeSplitIsRefused(String word) {
        refused(ARGS, Quoting.None, List.of(word), RefusalReason.BadArgument, "argument 1");
    }

    @Property
    void aLinuxKernelGivesBackEveryWordThatIsNotRefused(
            @ForAll @Size(max = 8) List<@CharRange(from = ' ', to = '~') String> arguments) throws RefusedException {
        survives(Quoting.Linux, arguments, FamilyWords::linux);
    }

    @Property
    void unikraftGivesBackEveryWordThatIsNotRefused(
            @ForAll @Size(max = 8) List<@CharRange(from = ' ', to = '~') String> arguments) throws RefusedException {
        survives(Quoting.Quotes, arguments, FamilyWords::unikraft);
    }

    @Property
    void mirageosGivesBackEveryWordThatIsNotRefused(
            @ForAll @Size(max = 8) List<@CharRange(from = ' ', to = '~') String> arguments) throws RefusedException {
        survives(Quoting.Quotes, arguments, FamilyWords::mirage);
    }

    @Property
    void osvGivesBackEveryArgumentThatIsNotRefused(
            @ForAll @Size(max = 8) List<@CharRange(from = ' ', to = '~') String> arguments) throws RefusedException {
        survives(Quoting.Osv, arguments, FamilyWords::osvArguments);
    }

    @Test
    void osvReadsItsOwnOptionsByBackslashes() throws RefusedException {
        var plan = Launches.withCommandLine(Launches.hermit(), Quoting.Osv, List.of("${env}"));
        assertThat(GuestCommandLine.of(Launches.of(plan, List.of(), Map.of("DIR", "a b\\c"))))
                .isEqualTo("env=DIR=a\\ b\\\\c");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,say \"x\",double quote",
        "Linux,--,drops",
        "Quotes,'',empty",
        "Quotes,' x',space",
        "Osv,a$b,dollar"
    })
    void aWordThatTheFamilyCannotReadIsRefusedWithTheReason(Quoting quoting, String word, String why) {
        refused(ARGS, quoting, List.of(word), RefusalReason.BadArgument, "argument 1", why);
    }

    @Test
    void theRuntimesOwnDashesAreNotAnArgument() throws RefusedException {
        var plan = Launches.withCommandLine(Launches.hermit(), Quoting.Linux, List.of("--", "${args}"));
        assertThat(GuestCommandLine.of(Launches.of(plan, List.of("two words", ""), Map.of())))
                .isEqualTo("-- \"two words\" \"\"");
    }

    @Test
    void aLineThatLinuxWouldNotCarryIsRefused() {
        refused(ARGS, Quoting.Posix, List.of("x".repeat(70_000)), RefusalReason.BadArgument, "65536");
    }

    private static void survives(Quoting quoting, List<String> arguments, Function<String, List<String>> reader)
            throws RefusedException {
        var plan = Launches.withCommandLine(Launches.hermit(), quoting, ARGS);
        var readable = new ArrayList<String>();
        for (var argument : arguments) {
            try {
                Quoter.quote(quoting, GuestWord.argument(argument, 1));
                readable.add(argument);
            } catch (RefusedException e) {
                assertThat(e.refusal().reason()).isEqualTo(RefusalReason.BadArgument);
            }
        }
        assertThat(reader.apply(GuestCommandLine.of(Launches.of(plan, readable, Map.of()))))
                .isEqualTo(readable);
    }

    private static String posix(List<String> arguments) throws RefusedException {
        var plan = Launches.withCommandLine(Launches.hermit(), Quoting.Posix, ARGS);
        return GuestCommandLine.of(Launches.of(plan, arguments, Map.of()));
    }

    private static void refused(
            List<String> commandLine, Quoting quoting, List<String> arguments, RefusalReason reason, String... texts) {
        var plan = Launches.withCommandLine(Launches.hermit(), quoting, commandLine);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> GuestCommandLine.of(Launches.of(plan, arguments, Map.of())))
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.refusal().text()).contains(texts));
    }
}

package dev.skete.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skete.api.InvalidLaunchPlanException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchPlanJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aPlanOfVersion1StaysReadable() throws Exception {
        assertThat(LaunchPlanJson.decode(golden().toString())).isEqualTo(Plans.hermit());
    }

    @Test
    void aPlanIsWrittenAsVersion1SaysItIs() throws Exception {
        assertThat(JSON.readTree(LaunchPlanJson.encode(Plans.hermit()))).isEqualTo(golden());
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(
            @ForAll List<String> commandLine, @ForAll String cpu, @ForAll Map<Integer, Integer> exitCodes)
            throws InvalidLaunchPlanException {
        LaunchPlan plan = Plans.with(commandLine, cpu, exitCodes);
        assertThat(LaunchPlanJson.decode(LaunchPlanJson.encode(plan))).isEqualTo(plan);
    }

    @Property(tries = 200)
    void theKubeletFindsNothingToExpand(@ForAll List<String> commandLine, @ForAll String cpu) {
        assertThat(LaunchPlanJson.encode(Plans.with(commandLine, cpu + "$(HOME) $$", Map.of())))
                .doesNotContain("$", "\n");
    }

    @Test
    void quotesAndDollarsSurvive() throws InvalidLaunchPlanException {
        LaunchPlan plan = Plans.with(List.of("\"$(A)\" '$$' \\u0024 ${net.ip} \\", "ü\u2028😀"), "x", Map.of());
        assertThat(LaunchPlanJson.decode(LaunchPlanJson.encode(plan))).isEqualTo(plan);
    }

    @Test
    void equalPlansGiveEqualText() {
        var ascending = new LinkedHashMap<Integer, Integer>();
        var descending = new LinkedHashMap<Integer, Integer>();
        for (int code = 0; code < 20; code++) {
            ascending.put(code, 0);
            descending.put(19 - code, 0);
        }
        assertThat(LaunchPlanJson.encode(Plans.with(List.of(), "x", descending)))
                .isEqualTo(LaunchPlanJson.encode(Plans.with(List.of(), "x", ascending)));
    }

    @ParameterizedTest
    @CsvSource({"'', colour", "/boot, boot.colour", "/storage/disks/0, storage.disks.0.colour"})
    void whatANewerOperatorAsksForIsRefusedByName(String object, String says) throws Exception {
        ObjectNode plan = golden();
        ((ObjectNode) plan.at(object)).put("colour", "blue");
        assertRefused(
                plan.toString(),
                Problem.UNKNOWN_FIELD,
                "asks for " + says
                        + ", which this node agent does not know: the operator is newer; upgrade the node agents");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            2    | version 2 and this node agent reads 1: the operator is newer; upgrade the node agents
            0    | version 0 and this node agent reads 1: it was not written by Skete's operator
            "1"  | version "1" and this node agent reads 1: it was not written by Skete's operator
            null | version null and this node agent reads 1: it was not written by Skete's operator
            """)
    void anUnknownVersionIsRefused(String version, String says) throws Exception {
        String plan =
                golden().<ObjectNode>set("version", JSON.readTree(version)).toString();
        assertRefused(plan, Problem.UNKNOWN_VERSION, says);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vmm",
                "/memoryMiB",
                "/boot",
                "/storage/mountFormat",
                "/machine/type",
                "/nic/model",
                "/exitCodes",
                "/stdin"
            })
    void aMissingFieldIsRefusedByName(String pointer) throws Exception {
        ObjectNode plan = golden();
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) plan.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));
        assertRefused(
                plan.toString(), Problem.MISSING_FIELD, pointer.substring(1).replace('/', '.'));
    }

    @ParameterizedTest
    @CsvSource({"accelerator, GPU", "cpus, many", "ports, 8080"})
    void aBadValueIsRefusedByName(String field, String value) throws Exception {
        assertRefused(golden().put(field, value).toString(), Problem.BAD_VALUE, field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plan", "[]", "{"})
    void whatIsNoJsonObjectIsRefused(String text) {
        assertRefused(text, Problem.NOT_JSON, "the launch plan is not");
    }

    @Test
    void aPlanOfNothingButBracketsIsNotRead() {
        assertRefused("{\"x\":[" + "{},".repeat(10_000) + "0]}", Problem.BAD_VALUE, "too many parts");
    }

    private static void assertRefused(String plan, Problem problem, String says) {
        assertThatExceptionOfType(InvalidLaunchPlanException.class)
                .isThrownBy(() -> LaunchPlanJson.decode(plan))
                .withMessageContaining(says)
                .returns(problem, InvalidLaunchPlanException::problem);
    }

    private static ObjectNode golden() throws IOException {
        try (InputStream json = LaunchPlanJsonTest.class.getResourceAsStream("/launch-plan-v1.json")) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(json));
        }
    }
}

package dev.skete.agent.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneLineTest {
    @ParameterizedTest
    @CsvSource({
        "'a\u001b[2Jb\nc\u0007d', a?[2Jb?c?d", // what clears a screen, ends a line, rings
        "'\u009b31m', ?31m", // the same escape in one character
        "'\u202eevil\u2028\u200b', ?evil??", // turned around, another line, hidden
        "'\ud83d', ?",
        "'gr\u00fc\u00dfe \ud83d\ude00', 'gr\u00fc\u00dfe \ud83d\ude00'",
    })
    void whatATerminalWouldObeyIsAQuestionMark(String text, String line) {
        assertThat(OneLine.of(text)).isEqualTo(line);
    }

    @Test
    void anyTextBecomesOneLineThatFits() {
        Fuzz.each(random -> {
            var line = OneLine.of(Fuzz.text(random, 3000));
            assertThat(line).hasSizeLessThanOrEqualTo(OneLine.LIMIT);
            assertThat(line.codePoints())
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        });
    }
}

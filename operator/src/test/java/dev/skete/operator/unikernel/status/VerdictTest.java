package dev.skete.operator.unikernel.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            It was refused: look there.  | It was refused: look there. 1 of 2 is ready.
            It was refused: look there   | It was refused: look there. 1 of 2 is ready.
            Cut off because it is long…  | Cut off because it is long… 1 of 2 is ready.
            """)
    void oneSentenceFollowsAnother(String first, String both) {
        assertThat(new Verdict(ConditionReason.LaunchRefused, first)
                        .plus("1 of 2 is ready.")
                        .message())
                .isEqualTo(both);
    }
}

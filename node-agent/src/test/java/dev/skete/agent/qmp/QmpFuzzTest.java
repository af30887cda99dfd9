package dev.skete.agent.qmp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skete.agent.Fuzz;
import org.junit.jupiter.api.Test;

/** The other end of a monitor may be any process of a pod. */
class QmpFuzzTest {
    private static final String[] LINES = {
        "{\"QMP\": {\"version\": {}, \"capabilities\": [\"oob\"]}}",
        "{\"return\": {\"status\": \"running\", \"singlestep\": false}}",
        "{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": true, \"reason\": \"guest-reset\"}}",
        "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"no such command\"}}"
    };
    private static final String[] JSON = {"null", "[[[[[[", "{\"a\":", "1e9999999", "\"\\u0000\"", "{}", "[]"};

    @Test
    void anyLineIsAMessageOrNotJson() {
        Fuzz.each(random -> {
            var line = random.nextInt(4) == 0
                    ? Fuzz.text(random, 64)
                    : new String(
                            Fuzz.mutated(random, LINES[random.nextInt(LINES.length)].getBytes(UTF_8), JSON), UTF_8);
            try {
                assertThat(QmpMessage.read(line)).isNotNull();
            } catch (JsonProcessingException e) {
                assertThat(e).isNotNull();
            }
        });
    }

    @Test
    void theDeepestLineThatIsLetInIsRefusedInTime() {
        try {
            QmpMessage.read("[".repeat(QmpHub.MAX_LINE));
            throw new AssertionError("read as a message");
        } catch (JsonProcessingException e) {
            assertThat(e).hasMessageContaining("depth");
        }
    }
}

package dev.skete.agent.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QmpMessageTest {

    /** Lines as QEMU 7.2 wrote them. */
    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(
                        "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}}, \"capabilities\": [\"oob\"]}}",
                        new QmpMessage.Greeting()),
                Arguments.of(
                        "{\"return\": {\"status\": \"running\", \"singlestep\": false, \"running\": true}}",
                        new QmpMessage.Status("running")),
                Arguments.of("{\"return\": {}}", new QmpMessage.Other()),
                Arguments.of(
                        "{\"timestamp\": {\"seconds\": 1}, \"event\": \"STOP\"}", new QmpMessage.RunStateChanged()),
                Arguments.of("{\"event\": \"RESUME\"}", new QmpMessage.RunStateChanged()),
                Arguments.of(
                        "{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": true, \"reason\": \"guest-reset\"}}",
                        new QmpMessage.Shutdown("guest-reset")),
                Arguments.of(
                        "{\"event\": \"GUEST_PANICKED\", \"data\": {\"action\": \"poweroff\"}}",
                        new QmpMessage.GuestPanicked()),
                Arguments.of(
                        "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"no such command\"}}",
                        new QmpMessage.Failed("no such command")),
                Arguments.of("{\"event\": \"NIC_RX_FILTER_CHANGED\"}", new QmpMessage.Other()),
                Arguments.of("[]", new QmpMessage.Other()),
                Arguments.of("\"QMP\"", new QmpMessage.Other()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineIsReadAs(String line, QmpMessage message) throws JsonProcessingException {
        assertThat(QmpMessage.read(line)).isEqualTo(message);
    }
}

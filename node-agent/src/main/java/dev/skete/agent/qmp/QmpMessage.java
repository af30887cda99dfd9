package dev.skete.agent.qmp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** One line that QEMU sends, as the QEMU Machine Protocol defines it; what the agent does not use is {@link Other}. */
sealed interface QmpMessage {
    ObjectMapper JSON = JsonMapper.builder().build();

    /** QEMU is there and waits for {@code qmp_capabilities}. */
    record Greeting() implements QmpMessage {}

    /** The answer to {@code query-status}. */
    record Status(String runState) implements QmpMessage {}

    /** The guest stopped or goes on; why is asked for with {@code query-status}. */
    record RunStateChanged() implements QmpMessage {}

    /** The guest told its pvpanic device that it panicked. */
    record GuestPanicked() implements QmpMessage {}

    /** The machine is shut down for good; QEMU ends next. */
    record Shutdown(String reason) implements QmpMessage {}

    /** A command failed. */
    record Failed(String description) implements QmpMessage {}

    record Other() implements QmpMessage {}

    /**
     * Reads one line.
     *
     * @throws JsonProcessingException if it is not JSON
     */
    static QmpMessage read(String line) throws JsonProcessingException {
        var node = JSON.readTree(line);
        if (node.has("QMP")) {
            return new Greeting();
        }
        if (node.has("event")) {
            return event(node);
        }
        if (node.has("error")) {
            return new Failed(node.path("error").path("desc").asText());
        }
        var status = node.path("return").path("status");
        return status.isTextual() ? new Status(status.asText()) : new Other();
    }

    private static QmpMessage event(JsonNode node) {
        return switch (node.path("event").asText()) {
            case "STOP", "RESUME", "WAKEUP", "SUSPEND" -> new RunStateChanged();
            case "GUEST_PANICKED", "GUEST_CRASHLOADED" -> new GuestPanicked();
            case "SHUTDOWN" -> new Shutdown(node.path("data").path("reason").asText("unknown"));
            default -> new Other();
        };
    }
}

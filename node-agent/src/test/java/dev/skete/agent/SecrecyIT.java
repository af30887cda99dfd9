package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.device.TinyGuests;
import dev.skete.api.GuestReason;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arguments and variables may be secret: neither agent nor launcher writes them anywhere, whatever the log level. */
class SecrecyIT extends AgentScene {
    private static final String MARKER = "only-the-guest-may-see-this";

    private final Logger everything = Logger.getLogger("");
    private final Memory log = new Memory();
    private final Level before = everything.getLevel();

    @BeforeEach
    void listen() {
        everything.setLevel(Level.ALL);
        everything.addHandler(log);
    }

    @AfterEach
    void stopListening() {
        everything.removeHandler(log);
        everything.setLevel(before);
    }

    @Test
    void ofAGuestThatRunsIsStoppedAndIsFoundAgain() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(secret(guest(TinyGuests.thatSleeps(), Map.of())), "--token=" + MARKER);
            awaitReason(pod, GuestReason.Running);
            stopAgent();
            startAgent();
            awaitReason(pod, GuestReason.Running);
            container.stop();
            container.exitStatus();

            assertNothingIsTold(container);
        }
    }

    @Test
    void ofAGuestThatIsRefused() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(secret(guest(TinyGuests.thatSleeps(), Map.of())), "two\nlines-" + MARKER);
            container.exitStatus();

            assertThat(container.said()).contains("argument 1 holds a newline");
            assertNothingIsTold(container);
        }
    }

    private void assertNothingIsTold(GuestPod.Container container) throws Exception {
        assertThat(log.lines).as("the agent logged something").anyMatch(line -> line.contains("dev.skete"));
        assertThat(log.lines).noneMatch(line -> line.contains(MARKER));
        assertThat(container.said()).doesNotContain(MARKER);
        assertThat(new String(container.console(), StandardCharsets.UTF_8)).doesNotContain(MARKER);
        assertThat(conditions.values())
                .noneMatch(condition -> condition.toString().contains(MARKER));
    }

    private static Map<String, String> secret(Map<String, String> environment) {
        var more = new HashMap<>(environment);
        more.put("TOKEN", MARKER);
        return more;
    }

    private static final class Memory extends Handler {
        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord logged) {
            var line = logged.getLoggerName() + " " + new SimpleFormatter().format(logged);
            // The JDK's word for it when this test starts the container.
            if (!line.contains("ProcessBuilder.start()")) {
                lines.add(line);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

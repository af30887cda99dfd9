package dev.skete.e2e.controlplane;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonsTest {
    @TempDir
    Path logs;

    @Test
    void aDaemonOutlivesTheThreadThatAskedForIt() throws InterruptedException {
        try (var daemons = new Daemons(logs)) {
            Thread asking = Thread.ofPlatform().start(() -> daemons.start("sleeper", List.of("sleep", "60")));
            asking.join();
            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThatCode(daemons::requireAlive).doesNotThrowAnyException());
        }
    }

    @Test
    void noDaemonIsLeftAfterClose() {
        var daemons = new Daemons(logs);
        daemons.start("sleeper", List.of("sleep", "60"));
        daemons.close();
        assertThatThrownBy(daemons::requireAlive).hasMessageContaining("sleeper ended with 137");
    }

    @Test
    void aDaemonThatEndsIsReportedWithItsLastWords() {
        try (var daemons = new Daemons(logs)) {
            daemons.start("failing", List.of("sh", "-c", "echo the disk is full; exit 3"));
            await("the report of its end")
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThatThrownBy(daemons::requireAlive)
                            .hasMessageContaining("failing ended with 3")
                            .hasMessageContaining("the disk is full"));
        }
    }
}

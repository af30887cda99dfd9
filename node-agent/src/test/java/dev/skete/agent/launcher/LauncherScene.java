package dev.skete.agent.launcher;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A directory with a listening agent. The time-out interrupts every blocking call below, so no test can hang. */
@Timeout(30)
abstract class LauncherScene {
    @TempDir
    Path directory;

    ScriptedAgent agent;

    @BeforeEach
    void listen() throws IOException {
        agent = ScriptedAgent.listen(directory);
    }

    @AfterEach
    void stopListening() throws IOException {
        agent.close();
    }

    LauncherProcess launcher(String... arguments) throws IOException, InterruptedException {
        return LauncherProcess.start(directory, arguments);
    }

    static void awaitOutput(LauncherProcess launcher, String text) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> launcher.stdout().contains(text));
    }
}

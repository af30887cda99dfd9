package dev.skete.agent;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Removes cgroups of processes that have just ended: the kernel takes a moment to let go of them. */
final class Cgroups {
    private Cgroups() {}

    static void remove(Path cgroup) {
        await("removal of " + cgroup)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> removed(cgroup));
    }

    private static boolean removed(Path cgroup) {
        try {
            Files.deleteIfExists(cgroup);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

package dev.skete.e2e.bench;

import java.time.Duration;
import org.awaitility.Awaitility;

/** Time that passes because it is part of a measurement, not because something is waited for. */
final class Pause {
    private Pause() {}

    static void of(Duration length) {
        Awaitility.await().pollDelay(length).atMost(length.plusMinutes(1)).until(() -> true);
    }
}

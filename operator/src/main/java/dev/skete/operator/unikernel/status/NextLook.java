package dev.skete.operator.unikernel.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When the status may change although nothing happens. */
public final class NextLook {
    private NextLook() {}

    /** How long until the next guest is late for its startup deadline; empty if none can be. */
    public static Optional<Duration> after(Facts facts) {
        return GuestView.of(facts.pods()).stream()
                .flatMap(guest -> Diagnosis.of(guest, facts).startupDeadline().at().stream())
                .filter(facts.now()::isBefore)
                .min(Instant::compareTo)
                .map(late -> Duration.between(facts.now(), late).plusMillis(1));
    }
}

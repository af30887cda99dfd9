package dev.skete.operator.unikernel.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When the status may change although nothing happens. */
public final class NextLook {
    private NextLook() {}

    /** How long until the next guest is late for its startup deadline, or what befell one is no news any more; empty if none can be. */
    public static Optional<Duration> after(Facts facts) {
        return GuestView.of(facts).stream()
                .flatMap(guest ->
                        Stream.of(Diagnosis.of(guest, facts).startupDeadline().at(), guest.forgotten()))
                .flatMap(Optional::stream)
                .filter(facts.now()::isBefore)
                .min(Instant::compareTo)
                .map(next -> Duration.between(facts.now(), next).plusMillis(1));
    }
}

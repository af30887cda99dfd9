package dev.skete.e2e.chaos;

import dev.skete.e2e.Family;
import dev.skete.e2e.Guests;
import java.util.List;

/** Units as a user writes them: hello guests that go quickly when told. */
final class Manifests {
    private static final String[] QUICK = {"drainSeconds: 0", "terminationGracePeriodSeconds: 2"};
    private static final String LIVENESS =
            "livenessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 3, timeoutSeconds: 3, failureThreshold: 3}";

    private Manifests() {}

    static String of(Unit unit) {
        var args = args(unit);
        return switch (unit.kind()) {
            case SERVES -> Guests.hello(unit.name(), unit.replicas(), QUICK[0], QUICK[1], "args: " + args);
            case GUARDED -> Guests.hello(unit.name(), unit.replicas(), QUICK[0], QUICK[1], LIVENESS, "args: " + args);
            case RUNS ->
                Family.ELF
                        .job(
                                unit.name(),
                                List.of("--greeting", unit.greeting()),
                                QUICK[0],
                                QUICK[1],
                                "job: {backoffLimit: 100}")
                        .replace("restartPolicy: Never", "restartPolicy: OnFailure");
        };
    }

    static String args(Unit unit) {
        return "[\"--greeting\", \"" + unit.greeting() + "\"]";
    }
}

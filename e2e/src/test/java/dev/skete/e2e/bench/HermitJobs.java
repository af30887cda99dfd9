package dev.skete.e2e.bench;

import dev.skete.api.GuestStatus;
import dev.skete.api.Unikernel;
import dev.skete.e2e.Family;
import dev.skete.e2e.fixture.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** A hundred Hermit guests that each end with a code of their own, eight at a time: how many are told wrong. */
final class HermitJobs {
    private static final int JOBS = 100;
    private static final int AT_A_TIME = 8;

    private final Sandbox sandbox;

    HermitJobs(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    List<Figure> measure() {
        try (var workers = Executors.newFixedThreadPool(AT_A_TIME)) {
            long right = IntStream.range(0, JOBS)
                    .mapToObj(code -> CompletableFuture.supplyAsync(() -> isToldRight(code), workers))
                    .toList()
                    .stream()
                    .filter(CompletableFuture::join)
                    .count();
            return List.of(new Figure.Quantity("Hermit jobs of " + JOBS + " told wrong or lost", JOBS - right, "", 0));
        }
    }

    private boolean isToldRight(int code) {
        String name = "job-" + code;
        sandbox.apply(Family.HERMIT.job(name, List.of("exit", "" + code), "job: {backoffLimit: 0}"));
        String end = code == 0 ? "Complete" : "Failed";
        sandbox.kubectl("wait", "--for=condition=" + end, "unikernel/" + name, "--timeout=120s")
                .within(Duration.ofMinutes(3))
                .attempt();
        var uk = sandbox.client()
                .resources(Unikernel.class)
                .inNamespace(sandbox.namespace())
                .withName(name)
                .require();
        sandbox.kubectl("delete", "unikernel/" + name, "--wait=false").run();
        return Objects.requireNonNullElse(uk.getStatus().guests(), List.<GuestStatus>of()).stream()
                .anyMatch(guest -> Integer.valueOf(code).equals(guest.exitCode()));
    }
}

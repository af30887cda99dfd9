package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kubectl's own ways to reach into a pod reach into the guest. */
@OnCluster
class ReachGuestE2E {

    @Test
    void portForwardReachesTheGuest(Sandbox sandbox, @TempDir Path directory) {
        sandbox.apply(Guests.hello("near", 1));
        sandbox.awaitReady("near", 1);
        Path output = directory.resolve("port-forward.log");
        Process forward = sandbox.kubectl("port-forward", "pod/" + name(sandbox, "near"), ":8080")
                .start(output);
        try (HttpClient http = HttpClient.newHttpClient()) {
            String line = sandbox.await(
                    "port-forward to listen", () -> Files.readString(output), text -> text.contains("127.0.0.1:"));
            String port = line.replaceFirst("(?s).*127\\.0\\.0\\.1:(\\d+).*", "$1");
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            int status = sandbox.await(
                    "an answer",
                    () -> http.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode(),
                    code -> true);
            assertThat(status).isEqualTo(200);
        } finally {
            forward.destroyForcibly();
        }
    }

    @Test
    void attachReachesTheSerialConsole(Sandbox sandbox, @TempDir Path directory) throws IOException {
        sandbox.apply(Guests.hello("listens", 1, "stdin: Open"));
        sandbox.awaitReady("listens", 1);
        Path output = directory.resolve("attach.log");
        Process attach = sandbox.kubectl("attach", "-i", "pod/" + name(sandbox, "listens"))
                .start(output);
        try (var keyboard = attach.getOutputStream()) {
            sandbox.await(
                    "the guest to echo",
                    () -> {
                        keyboard.write("are you there\n".getBytes(StandardCharsets.UTF_8));
                        keyboard.flush();
                        return Files.readString(output);
                    },
                    text -> text.contains("are you there"));
        } finally {
            attach.destroyForcibly();
        }
    }

    private static String name(Sandbox sandbox, String unikernel) {
        return sandbox.onlyGuest(unikernel).getMetadata().getName();
    }
}

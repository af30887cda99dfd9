package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {
    private final AtomicBoolean ready = new AtomicBoolean();
    private final StatusServer server = StatusServer.open(0, ready::get, () -> "skete_guests 2\n# EOF\n");
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void itIsReadyWhenTheAgentSaysSo() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("kubelet");
        ready.set(true);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreInOpenMetricsForm() throws Exception {
        assertThat(get("/metrics").body()).isEqualTo("skete_guests 2\n# EOF\n");
        assertThat(get("/metrics").headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text; version=1.0.0"));
    }

    @Test
    void anythingElseIsToldWhatThereIs() throws Exception {
        assertThat(get("/q/metrics").statusCode()).isEqualTo(404);
        assertThat(get("/q/metrics").body()).contains("/metrics");
    }

    @Test
    void silentConnectionsKeepNobodyOut() throws Exception {
        var silent = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 200; i++) {
                silent.add(connect());
            }
            assertThat(get("/livez").statusCode()).isEqualTo(200);
            silent.getFirst().setSoTimeout(5_000);
            assertThat(silent.getFirst().getInputStream().read())
                    .as("the first has lost its place")
                    .isEqualTo(-1);
        } finally {
            for (var socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void garbageEndsItsOwnConnectionOnly() throws Exception {
        try (var socket = connect()) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("\0\1\2 /livez?\r\n\r\n".repeat(2000).getBytes(StandardCharsets.UTF_8));
            assertThat(isEnded(socket)).isTrue();
        }
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    private static boolean isEnded(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true; // reset, with garbage still unread
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

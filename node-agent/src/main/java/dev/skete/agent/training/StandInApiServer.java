package dev.skete.agent.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Has the same answer to every request: a pod. */
public final class StandInApiServer implements AutoCloseable {
    private static final String POD = """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"none","namespace":"none","uid":"none"},
             "spec":{"containers":[]},"status":{"conditions":[{"type":"Ready","status":"True"}]}}
            """;

    private static final int PATIENCE_SECONDS = 10;

    private final ServerSocket listening;
    private final Semaphore answered = new Semaphore(0);

    public StandInApiServer() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().name("api-server").daemon().start(this::serve);
    }

    public String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Waits until so many requests more were answered. */
    public void awaitRequests(int requests) throws InterruptedException {
        if (!answered.tryAcquire(requests, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the agent did not ask");
        }
    }

    private void serve() {
        try {
            while (true) {
                try (var connection = listening.accept()) {
                    answer(connection);
                    answered.release();
                }
            }
        } catch (IOException _) {
            // It was closed.
        }
    }

    private static void answer(Socket connection) throws IOException {
        var request = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        int length = 0;
        for (var line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            request.read();
        }
        connection
                .getOutputStream()
                .write(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                                .formatted(POD.length(), POD)
                                .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}

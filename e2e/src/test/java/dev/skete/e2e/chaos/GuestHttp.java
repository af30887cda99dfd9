package dev.skete.e2e.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One HTTP request to a guest from this machine, on a connection of its own. */
record GuestHttp(String ip, Duration patience) {
    private static final int PORT = 8080;
    private static final int LAST_WORDS_MILLIS = 1000;

    /** The body of the answer; fails unless it is a 200. */
    String get(String path) throws IOException {
        try (var socket = asked(path)) {
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                throw new IOException("answer: " + answer.lines().findFirst().orElse("none"));
            }
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    /** Asks a guest to end, which may take the answer with it; fails if the guest was not reached. */
    void end(String path) throws IOException {
        try (var socket = asked(path)) {
            socket.setSoTimeout(LAST_WORDS_MILLIS);
            awaitEnd(socket);
        }
    }

    private static void awaitEnd(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // What matters is seen from outside: that the guest ended.
        }
    }

    private Socket asked(String path) throws IOException {
        var socket = new Socket();
        try {
            int millis = Math.toIntExact(patience.toMillis());
            socket.connect(new InetSocketAddress(ip, PORT), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, ip)
                            .getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}

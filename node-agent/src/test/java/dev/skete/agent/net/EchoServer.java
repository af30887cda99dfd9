package dev.skete.agent.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;

/** Sends back what it is sent, in any network namespace. */
final class EchoServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final ServerSocket server;

    private EchoServer(ServerSocket server) {
        this.server = server;
    }

    static EchoServer start(TestNamespace namespace, int port) {
        var server = namespace.open(() -> new ServerSocket(port));
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var client = server.accept()) {
                    client.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException _) {
                    // The caller hung up, or the test is over.
                }
            }
        });
        return new EchoServer(server);
    }

    static Socket connect(InetSocketAddress address) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address, PATIENCE_MILLIS);
        return socket;
    }

    /** Whether what is sent comes back whole, and then an end: more than any buffer holds, and the sender's end is half closed first. */
    boolean roundTrip(Socket socket) throws IOException {
        byte[] sent = new byte[3 << 20];
        new Random(1).nextBytes(sent);
        try (socket) {
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException _) {
                    // The reader sees it too.
                }
            });
            return Arrays.equals(socket.getInputStream().readAllBytes(), sent);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

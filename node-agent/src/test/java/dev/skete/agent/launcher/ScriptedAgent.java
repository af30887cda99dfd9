package dev.skete.agent.launcher;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A node agent that does what a test tells it, on a real socket. */
final class ScriptedAgent implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;

    private ScriptedAgent(Path socket, ServerSocketChannel server) {
        this.socket = socket;
        this.server = server;
    }

    static ScriptedAgent listen(Path directory) throws IOException {
        var socket = directory.resolve(LauncherProcess.SOCKET);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        return new ScriptedAgent(socket, server);
    }

    Connection accept() throws IOException {
        return new Connection(server.accept());
    }

    /** Takes the next launcher and lets it run {@code answer}; returns after the launcher said that the VMM runs. */
    Connection launch(Answer answer) throws IOException {
        var connection = accept();
        connection.request();
        connection.write(answer.bytes());
        connection.read('S');
        return connection;
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}

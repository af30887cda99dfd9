package dev.skete.agent.launcher;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.List;

/** The agent's end of one connection of a launcher. */
record Connection(SocketChannel channel) implements AutoCloseable {

    /** What a launcher says before it waits or works on: its facts, and a last frame 'L' or 'P'. */
    record Request(List<String> arguments, List<String> environment, String resolvConf, Frame last) {}

    Request request() throws IOException {
        return new Request(read('A').list(), read('E').list(), read('D').text(), read());
    }

    /** The files a launcher lists, with {@code SKETE_FILES} set. */
    List<String> files() throws IOException {
        read('A');
        read('E');
        read('D');
        var files = read('F').list();
        read('L');
        return files;
    }

    Frame read() throws IOException {
        var header = read(Frame.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        return new Frame((char) header.get(0), read(header.getInt(4)).array());
    }

    Frame read(char type) throws IOException {
        var frame = read();
        if (frame.type() != type) {
            throw new IOException("expected a frame " + type + ", got " + frame.type());
        }
        return frame;
    }

    private ByteBuffer read(int length) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the launcher closed the connection");
            }
        }
        return buffer.flip();
    }

    boolean atEnd() throws IOException {
        return channel.read(ByteBuffer.allocate(1)) < 0;
    }

    void write(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    void write(Frame frame) throws IOException {
        write(frame.bytes());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

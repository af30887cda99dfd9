package dev.skete.agent.qmp;

import dev.skete.agent.peer.AgentSocket;
import dev.skete.agent.peer.PeerGate;
import dev.skete.agent.report.GuestJournal;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Serves the monitors of all QEMUs on {@code qmp.sock}, on the same event loop as the launchers: no thread per guest. */
public final class QmpHub implements AutoCloseable {
    /** No message the agent reads comes near this; a longer line is a peer that is not QEMU. */
    static final int MAX_LINE = 64 * 1024;

    private final Channel channel;
    private final QmpSessions sessions;

    private QmpHub(Channel channel, QmpSessions sessions) {
        this.channel = channel;
        this.sessions = sessions;
    }

    /**
     * Opens the socket.
     *
     * @param maxSessions how many QEMUs may be connected at a time
     * @throws IOException if the socket cannot be made
     */
    public static QmpHub open(
            Path socket, EventLoopGroup loop, PeerGate gate, GuestJournal journal, LostGuests lost, int maxSessions)
            throws IOException {
        var sessions = new QmpSessions(maxSessions);
        var channel = AgentSocket.listen(
                socket,
                loop,
                child -> child.pipeline()
                        .addLast(
                                new LineBasedFrameDecoder(MAX_LINE, true, true),
                                new StringDecoder(StandardCharsets.UTF_8),
                                new StringEncoder(StandardCharsets.UTF_8))
                        .addLast(new QmpSession(gate, sessions, journal, lost)));
        return new QmpHub(channel, sessions);
    }

    /** Presses the power button of a pod's machine; only guests with ACPI listen. False if its QEMU is not connected. */
    public boolean powerDown(String podUid) {
        return sessions.send(podUid, QmpCommand.POWER_DOWN);
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
    }
}

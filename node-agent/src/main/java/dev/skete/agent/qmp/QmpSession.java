package dev.skete.agent.qmp;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skete.agent.peer.PeerGate;
import dev.skete.agent.refusal.OneLine;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.report.GuestFact;
import dev.skete.agent.report.GuestJournal;
import dev.skete.agent.report.RunState;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One QEMU's monitor connection. Belongs to the event loop's thread. */
final class QmpSession extends SimpleChannelInboundHandler<String> {
    private static final Logger LOG = LoggerFactory.getLogger(QmpSession.class);

    private static final Duration AGAIN = Duration.ofMillis(500);

    private final PeerGate gate;
    private final QmpSessions sessions;
    private final GuestJournal journal;
    private final LostGuests lost;
    private @Nullable String podUid;
    private boolean ending;

    QmpSession(PeerGate gate, QmpSessions sessions, GuestJournal journal, LostGuests lost) {
        this.gate = gate;
        this.sessions = sessions;
        this.journal = journal;
        this.lost = lost;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        // The pidfd is needed only to be sure of the identity; the connection itself shows when QEMU ends.
        try (var peer = gate.identify((EpollDomainSocketChannel) context.channel())) {
            if (sessions.open(peer.pod().podUid(), context.channel())) {
                podUid = peer.pod().podUid();
            } else {
                context.close();
            }
        } catch (RefusedException e) {
            LOG.debug("monitor connection turned away", e);
            context.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, String line) throws JsonProcessingException {
        if (podUid == null || line.isBlank()) {
            return;
        }
        switch (QmpMessage.read(line)) {
            case QmpMessage.Greeting _ -> {
                send(context, QmpCommand.NEGOTIATE);
                send(context, QmpCommand.QUERY_STATUS);
            }
            case QmpMessage.RunStateChanged _ -> send(context, QmpCommand.QUERY_STATUS);
            case QmpMessage.Status(var runState) -> seen(context, RunState.ofQemu(runState));
            case QmpMessage.GuestPanicked _ -> journal.record(podUid, new GuestFact.Panicked());
            case QmpMessage.Shutdown(var reason) -> journal.record(podUid, new GuestFact.ShutDown(reason));
            case QmpMessage.Failed(var description) ->
                LOG.debug("monitor of pod {}: {}", podUid, OneLine.of(description));
            case QmpMessage.Other _ -> {}
        }
    }

    private void seen(ChannelHandlerContext context, RunState state) {
        journal.record(Objects.requireNonNull(podUid), new GuestFact.RunStateSeen(state));
        if (!ending && (state == RunState.INTERNAL_ERROR || state == RunState.PANICKED)) {
            ending = true;
            end(context);
        }
    }

    /**
     * It would stay paused for ever; ended with a failure, the kubelet can restart it. QMP's {@code quit} would end it with 0, which reads
     * as success, and the agent may not kill another user's process, so its launcher does; after the agent's start that dials in later.
     */
    private void end(ChannelHandlerContext context) {
        if (context.channel().isActive() && !lost.end(Objects.requireNonNull(podUid))) {
            context.executor().schedule(() -> end(context), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Every event is answered with a question, and a peer that never reads them must not fill the agent's memory. */
    private static void send(ChannelHandlerContext context, QmpCommand command) {
        if (context.channel().isWritable()) {
            context.writeAndFlush(command.line());
        } else {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (podUid != null && sessions.close(podUid, context.channel())) {
            journal.forgetUnnamed(podUid);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("monitor connection of pod {} closed", podUid, cause);
        context.close();
    }
}

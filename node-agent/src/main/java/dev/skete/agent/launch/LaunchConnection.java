package dev.skete.agent.launch;

import dev.skete.agent.net.WiredPod;
import dev.skete.agent.peer.Peer;
import dev.skete.agent.refusal.Refusal;
import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.report.AgentMetrics.Stage;
import dev.skete.agent.report.GuestFact;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One launcher's connection, from "who are you" to the guest's end, which {@link FollowedGuest} follows. All fields belong to the event loop's thread.
 * <p>
 * A peer that is turned away is told so only when it asks, because a launcher writes all it has to say before it reads.
 */
final class LaunchConnection extends SimpleChannelInboundHandler<Frame> {
    private static final int MAX_EARLY = 4;
    private static final Logger LOG = LoggerFactory.getLogger(LaunchConnection.class);

    private final LaunchServer.Services services;
    private final Connections connections;
    private final Intake intake;
    private final Takeovers takeovers;
    private final Duration handshake;

    private Phase phase = Phase.INTRODUCING;
    /** Gone with the request, which the guest outlives. */
    private @Nullable Introduction introduction = new Introduction();

    private @Nullable Peer peer;
    private @Nullable Refusal turnedAway;
    private @Nullable WiredPod wired;
    private @Nullable FollowedGuest guest;
    /** What the launcher of a running guest said while its network was being taken over. */
    private final List<Frame> early = new ArrayList<>();

    private @Nullable Future<?> handshakeEnds;
    private boolean countedAsTurnedAway;

    private enum Phase {
        INTRODUCING,
        PREPARING,
        ADOPTING,
        SERVING,
        ENDED
    }

    LaunchConnection(
            LaunchServer.Services services,
            Connections connections,
            Intake intake,
            Takeovers takeovers,
            Duration handshake) {
        this.services = services;
        this.connections = connections;
        this.intake = intake;
        this.takeovers = takeovers;
        this.handshake = handshake;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        long begin = System.nanoTime();
        try {
            var identified = services.gate().identify((EpollDomainSocketChannel) context.channel());
            admit(identified);
        } catch (RefusedException e) {
            turnAway(context, e.refusal());
        }
        services.metrics().took(Stage.identify, Duration.ofNanos(System.nanoTime() - begin));
        if (context.channel().isActive()) {
            handshakeEnds = context.executor()
                    .schedule(() -> endHandshake(context), handshake.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** It may ask, and is told why not; a flood of such peers is not listened to. */
    private void turnAway(ChannelHandlerContext context, Refusal refusal) {
        turnedAway = refusal;
        countedAsTurnedAway = connections.turnAway();
        if (!countedAsTurnedAway) {
            context.close();
        }
    }

    private void admit(Peer identified) throws RefusedException {
        try {
            connections.open(identified.pod().podUid());
        } catch (RefusedException e) {
            identified.close();
            throw e;
        }
        peer = identified;
        takeovers.begin(this);
    }

    /** Closes a connection that is still saying who it is: a slow talker must not hold a place. */
    private void endHandshake(ChannelHandlerContext context) {
        if (phase == Phase.INTRODUCING) {
            context.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Frame frame) throws ProtocolException {
        switch (phase) {
            case INTRODUCING -> introduce(context, frame);
            case SERVING -> Objects.requireNonNull(guest).follow(frame);
            case PREPARING -> throw new ProtocolException("launcher spoke before it was answered");
            case ADOPTING -> keepForLater(frame);
            case ENDED -> {}
        }
    }

    private void keepForLater(Frame frame) throws ProtocolException {
        if (early.size() == MAX_EARLY) {
            throw new ProtocolException("launcher says too much");
        }
        early.add(frame);
    }

    private void followEarly(ChannelHandlerContext context) {
        try {
            for (var frame : early) {
                channelRead0(context, frame);
            }
        } catch (ProtocolException e) {
            exceptionCaught(context, e);
        }
    }

    private void introduce(ChannelHandlerContext context, Frame frame) throws ProtocolException {
        var admitted = peer;
        var said = Objects.requireNonNull(introduction);
        if (frame.type() != Frame.LAUNCH && frame.type() != Frame.ALREADY_RUNNING) {
            // Nothing is kept of what a peer says who is not let in.
            if (admitted != null) {
                said.take(frame);
            }
            return;
        }
        if (admitted == null) {
            refuse(context, turnedAway == null ? new Refusal(RefusalReason.NotAPod, "not identified") : turnedAway);
            return;
        }
        introduction = null;
        said.end(frame);
        context.pipeline().get(FrameDecoder.class).expectShortFrames();
        boolean isLaunch = frame.type() == Frame.LAUNCH;
        phase = isLaunch ? Phase.PREPARING : Phase.ADOPTING;
        if (isLaunch) {
            takeovers.end(this);
        }
        int kept = intake.finish(context.channel());
        services.blocking().execute(() -> {
            if (isLaunch) {
                prepare(context, admitted, said);
            } else {
                adopt(context, admitted, said);
            }
            context.executor().execute(() -> intake.giveBack(kept));
        });
    }

    private LaunchRequest read(Peer from, Introduction said) throws ProtocolException {
        var request = new LaunchRequest(from, said.complete());
        request.pod().ifPresent(services.journal()::introduce);
        return request;
    }

    private void prepare(ChannelHandlerContext context, Peer from, Introduction said) {
        long begin = System.nanoTime();
        try {
            var prepared = services.preparation().prepare(read(from, said));
            services.metrics().took(Stage.total, Duration.ofNanos(System.nanoTime() - begin));
            context.executor().execute(() -> answer(context, prepared));
        } catch (RefusedException e) {
            LOG.debug("launch of pod {} refused", from.pod().podUid(), e);
            context.executor().execute(() -> refuse(context, e.refusal()));
        } catch (ProtocolException e) {
            context.executor().execute(() -> refuse(context, badRequest(e)));
        } catch (RuntimeException e) {
            LOG.error("launch of pod {} failed", from.pod().podUid(), e);
            var refusal = new Refusal(RefusalReason.Internal, "the node agent failed; its log says more");
            context.executor().execute(() -> refuse(context, refusal));
        }
    }

    private void answer(ChannelHandlerContext context, PreparedGuest prepared) {
        var served = serve(context, prepared.wired(), prepared.watch());
        if (served.isEmpty()) {
            return;
        }
        served.get().launching();
        try {
            new LaunchAnswer(prepared).send((EpollDomainSocketChannel) context.channel());
        } catch (IOException e) {
            LOG.debug("launcher of pod {} left", peer, e);
            context.close();
        }
    }

    private void adopt(ChannelHandlerContext context, Peer from, Introduction said) {
        try {
            var adopted = services.preparation().adopt(read(from, said));
            context.executor().execute(() -> {
                takeovers.end(this);
                serve(context, adopted.wired(), adopted.watch()).ifPresent(served -> {
                    served.started();
                    followEarly(context);
                });
            });
        } catch (RefusedException | ProtocolException | RuntimeException e) {
            // The guest runs and is left alone: only its DHCP answers and port-forwards wait for the launcher's next
            // try.
            LOG.warn(
                    "pod {}: network of the running guest not taken over",
                    from.pod().podUid(),
                    e);
            context.executor().execute(() -> end(context));
        }
    }

    /** Starts to follow a guest; none if its launcher left while its network was being wired. */
    private Optional<FollowedGuest> serve(ChannelHandlerContext context, WiredPod network, GuestWatch watch) {
        wired = network;
        if (!context.channel().isActive()) {
            end(context);
            return Optional.empty();
        }
        phase = Phase.SERVING;
        String podUid = Objects.requireNonNull(peer).pod().podUid();
        var served = new FollowedGuest(podUid, watch, services, context.executor());
        guest = served;
        services.launchers().add(podUid, context.channel());
        return Optional.of(served);
    }

    private void end(ChannelHandlerContext context) {
        phase = Phase.ENDED;
        if (context.channel().isActive()) {
            context.close();
        } else {
            release();
        }
    }

    private void refuse(ChannelHandlerContext context, Refusal refusal) {
        services.metrics().refused(refusal.reason());
        if (peer != null) {
            services.journal().record(peer.pod().podUid(), new GuestFact.Refused(refusal));
        }
        if (context.channel().isActive()) {
            context.writeAndFlush(Frame.ofText(Frame.REFUSAL, refusal.text())).addListener(_ -> end(context));
            phase = Phase.ENDED;
        } else {
            end(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        takeovers.end(this);
        if (handshakeEnds != null) {
            // A clock that runs on would keep all of a connection that is long gone.
            handshakeEnds.cancel(false);
        }
        if (peer != null) {
            services.launchers().remove(peer.pod().podUid(), context.channel());
        }
        // Behind an exit that waits for its turn.
        context.executor().execute(() -> {
            if (guest != null) {
                guest.left();
            }
            // While the pod is being wired its pidfd is in use on another thread, which ends the connection when it is
            // done.
            if (phase != Phase.PREPARING && phase != Phase.ADOPTING) {
                phase = Phase.ENDED;
                release();
            }
        });
    }

    /** Gives back everything this connection holds, once. */
    private void release() {
        if (countedAsTurnedAway) {
            countedAsTurnedAway = false;
            connections.turnedAwayLeft();
        }
        if (wired != null) {
            wired.close();
            wired = null;
        }
        if (peer != null) {
            var podUid = peer.pod().podUid();
            peer.close();
            peer = null;
            if (connections.close(podUid)) {
                services.journal().forget(podUid);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (phase == Phase.INTRODUCING) {
            refuse(context, badRequest(cause));
        } else {
            LOG.debug("launcher connection closed", cause);
            context.close();
        }
    }

    private static Refusal badRequest(Throwable cause) {
        var root = cause.getCause() == null ? cause : cause.getCause();
        return new Refusal(RefusalReason.BadRequest, "launch protocol: " + root.getMessage());
    }
}

package dev.skete.agent.launch;

import dev.skete.agent.report.GuestFact;
import dev.skete.api.GuestReason;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A guest whose launcher tells of it, until its end. What it tells becomes the journal's facts. Belongs to the event loop's thread. */
final class FollowedGuest {
    private static final Duration PRESS_AGAIN = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(FollowedGuest.class);

    private final String podUid;
    private final GuestWatch watch;
    private final LaunchServer.Services services;
    private final EventExecutor loop;

    private boolean stopping;
    private boolean over;

    FollowedGuest(String podUid, GuestWatch watch, LaunchServer.Services services, EventExecutor loop) {
        this.podUid = podUid;
        this.watch = watch;
        this.services = services;
        this.loop = loop;
    }

    void launching() {
        record(new GuestFact.Launching());
    }

    void started() {
        record(watch.started());
    }

    void follow(Frame frame) throws ProtocolException {
        if (over) {
            return;
        }
        switch (frame.type()) {
            case Frame.STARTED -> started();
            case Frame.NOT_STARTED -> record(new GuestFact.NotStarted(bounded(frame, Frame.MAX_REASON)));
            case Frame.CONSOLE_FAILURE -> record(watch.failure(bounded(frame, Frame.MAX_CONSOLE_LINE)));
            case Frame.STOPPING -> {
                // Once is enough: each press goes on by itself.
                if (!stopping) {
                    stopping = true;
                    pressPowerButton();
                }
            }
            case Frame.ENDED -> {
                int status = frame.number();
                over = true;
                // One turn later: what the VMM said on its way out is already in this turn's batch of ready sockets.
                loop.execute(() -> recordEnd(new GuestFact.Exited(status)));
            }
            default -> throw new ProtocolException("frame of type %s is out of place".formatted(frame.typeName()));
        }
    }

    /** The launcher is gone: a guest whose end it did not tell is lost. */
    void left() {
        if (!over) {
            over = true;
            recordEnd(new GuestFact.Lost());
        }
    }

    /** Again and again until the guest is gone: one that is still booting does not hear it, and QEMU may not have dialled in yet. */
    private void pressPowerButton() {
        if (!over) {
            boolean pressed = services.powerButton().press(podUid);
            LOG.debug("power button of pod {}: {}", podUid, pressed ? "pressed" : "out of reach");
            loop.schedule(this::pressPowerButton, PRESS_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void record(GuestFact fact) {
        services.journal().record(podUid, fact);
    }

    private void recordEnd(GuestFact fact) {
        var condition = services.journal().record(podUid, fact).condition();
        services.metrics().vmmExited(condition == null ? GuestReason.VmmExited : condition.reason());
    }

    private static String bounded(Frame frame, int limit) throws ProtocolException {
        if (frame.payload().length > limit) {
            throw new ProtocolException("frame of type %s is too long".formatted(frame.typeName()));
        }
        return frame.text();
    }
}

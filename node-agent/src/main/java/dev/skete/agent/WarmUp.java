package dev.skete.agent;

import dev.skete.agent.launch.Rehearsal;
import dev.skete.agent.linux.Libc;
import dev.skete.agent.net.WiringRehearsal;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rehearses launches beside everything else, with what CPU nobody wants, so that a new agent's first guests do not wait for a JVM to get warm. */
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int TIMES = 30;
    /** An agent that was restarted takes over its node's guests first, and the compiler, which does not give way, compiles for that. */
    private static final Duration AFTER = Duration.ofSeconds(5);

    private WarmUp() {}

    static void start() {
        Thread.ofPlatform().name("warm-up").daemon().start(WarmUp::run);
    }

    private static void run() {
        try {
            Thread.sleep(AFTER);
            Libc.giveWay(0);
            WiringRehearsal.play(TIMES);
            for (int i = 0; i < TIMES; i++) {
                Rehearsal.play();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Guests wait some milliseconds longer.
            LOG.debug("not warm", e);
        }
    }
}

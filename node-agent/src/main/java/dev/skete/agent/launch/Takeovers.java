package dev.skete.agent.launch;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Guests that ran before this agent, and are being taken over: launchers that have come, until they say that they want something else. How
 * many there are nobody knows; they dial ten times a second, so when none has come for a while, they are all here.
 */
public final class Takeovers {
    private final Set<Object> underWay = new HashSet<>();
    private long quietSince;

    synchronized void begin(Object launcher) {
        underWay.add(launcher);
    }

    /** It is over, or was none; said again, it means nothing. */
    synchronized void end(Object launcher) {
        if (underWay.remove(launcher)) {
            quietSince = System.nanoTime();
            notifyAll();
        }
    }

    /**
     * Returns when no guest was taken over for a time.
     *
     * @param silence that time
     * @param atMost when to return anyhow
     */
    public synchronized void awaitSilence(Duration silence, Duration atMost) {
        long begin = System.nanoTime();
        quietSince = begin;
        try {
            for (long left = left(begin, silence, atMost); left > 0; left = left(begin, silence, atMost)) {
                wait(Duration.ofNanos(left).plusMillis(1).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nanoseconds; not positive when it is over. */
    private long left(long begin, Duration silence, Duration atMost) {
        long now = System.nanoTime();
        long untilTheEnd = begin + atMost.toNanos() - now;
        return underWay.isEmpty() ? Math.min(quietSince + silence.toNanos() - now, untilTheEnd) : untilTheEnd;
    }
}

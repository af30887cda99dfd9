package dev.skete.agent.launch;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import java.util.HashMap;
import java.util.Map;

/** Counts open connections, all together and by pod, so that no pod can take the agent away from the others. One thread only. */
final class Connections {
    /** Each may send one frame before it is told to go. */
    private static final int MAX_TURNED_AWAY = 16;

    private final int maxTotal;
    private final int maxPerPod;
    private final Map<String, Integer> byPod = new HashMap<>();
    private int total;
    private int turnedAway;

    Connections(int maxTotal, int maxPerPod) {
        this.maxTotal = maxTotal;
        this.maxPerPod = maxPerPod;
    }

    void open(String podUid) throws RefusedException {
        if (total >= maxTotal || byPod.getOrDefault(podUid, 0) >= maxPerPod) {
            throw new RefusedException(
                    RefusalReason.TooManyConnections,
                    "the node agent holds %d connections, %d of this pod; the limits are %d and %d"
                            .formatted(total, byPod.getOrDefault(podUid, 0), maxTotal, maxPerPod));
        }
        total++;
        byPod.merge(podUid, 1, Integer::sum);
    }

    /** Counts a peer that is not let in and may hear why; false if too many already do. */
    boolean turnAway() {
        if (turnedAway == MAX_TURNED_AWAY) {
            return false;
        }
        turnedAway++;
        return true;
    }

    void turnedAwayLeft() {
        turnedAway--;
    }

    /** Closes one; returns whether it was the pod's last. */
    boolean close(String podUid) {
        total--;
        return byPod.computeIfPresent(podUid, (_, count) -> count == 1 ? null : count - 1) == null;
    }
}

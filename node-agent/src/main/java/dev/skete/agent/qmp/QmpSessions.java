package dev.skete.agent.qmp;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The open monitor connections, by pod. A pod has one QEMU, so its newest connection replaces an older one. */
final class QmpSessions {
    private final Map<String, Channel> byPod = new ConcurrentHashMap<>();
    private final int max;

    QmpSessions(int max) {
        this.max = max;
    }

    /** Takes in a connection; false if the agent holds as many as it may. */
    boolean open(String podUid, Channel channel) {
        if (byPod.size() >= max && !byPod.containsKey(podUid)) {
            return false;
        }
        var older = byPod.put(podUid, channel);
        if (older != null) {
            older.close();
        }
        return true;
    }

    /** False if a newer one has taken its place. */
    boolean close(String podUid, Channel channel) {
        return byPod.remove(podUid, channel);
    }

    /** Gives an order to a pod's QEMU; false if it has no connection, or does not read from it. */
    boolean send(String podUid, QmpCommand command) {
        var channel = byPod.get(podUid);
        if (channel == null || !channel.isWritable()) {
            return false;
        }
        channel.writeAndFlush(command.line());
        return true;
    }
}

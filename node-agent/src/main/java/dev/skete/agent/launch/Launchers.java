package dev.skete.agent.launch;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The launchers whose guests run, by pod, for orders that come from elsewhere than their own connection. Any thread may ask. */
public final class Launchers {
    private final Map<String, Channel> byPod = new ConcurrentHashMap<>();

    void add(String podUid, Channel channel) {
        byPod.put(podUid, channel);
    }

    void remove(String podUid, Channel channel) {
        byPod.remove(podUid, channel);
    }

    /**
     * Has the launcher end a pod's VMM and then itself.
     *
     * @param status the container's exit status, 1 to 255
     * @return false if the launcher has no connection now; it dials again within a second
     */
    public boolean end(String podUid, int status) {
        var channel = byPod.get(podUid);
        if (channel == null) {
            return false;
        }
        channel.writeAndFlush(Frame.ofText(Frame.END, Integer.toString(status)));
        return true;
    }
}

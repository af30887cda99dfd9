package dev.skete.agent.net;

import dev.skete.agent.linux.Libc;
import dev.skete.agent.linux.LinuxException;
import dev.skete.agent.linux.NetlinkSocket;
import dev.skete.agent.linux.NetworkNamespace;
import dev.skete.agent.net.TrafficControl.Filtered;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wirings of no pod. */
public final class WiringRehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(WiringRehearsal.class);
    private static final int NO_DEVICE = Integer.MAX_VALUE;

    private WiringRehearsal() {}

    /**
     * Goes through what a wiring does, in a network namespace of its own. A JVM's first wiring takes a tenth of a second, the next ten six
     * milliseconds each, and from then on three; a guest should not wait for that.
     *
     * @throws IOException where the kernel lacks something that every guest needs
     */
    public static void play(int times) throws IOException {
        NetworkNamespace.insideANewOne(() -> {
            for (int i = 0; i < times; i++) {
                try (var netlink = NetlinkSocket.open()) {
                    playOnce(netlink);
                }
            }
            return times;
        });
    }

    /** For a training run without the privilege to {@link #play}: as much of a wiring as changes nothing. */
    public static void practise() throws IOException {
        try (var netlink = NetlinkSocket.open()) {
            var nobody = nobody(NO_DEVICE);
            GuestFilters.fromGuest(nobody).forEach(filter -> filter.message(NO_DEVICE));
            GuestFilters.fromNetwork(NO_DEVICE).forEach(filter -> filter.message(NO_DEVICE));
            new PodNetworkReader(netlink).read();
            netlink.change(TrafficControl.neverForward(NO_DEVICE), TrafficControl.up(NO_DEVICE, nobody.mtu()));
        } catch (LinuxException | WiringException e) {
            LOG.info("The kernel says to what is no device: {}", e.getMessage());
        }
    }

    private static PodNetwork nobody(int device) {
        return new PodNetwork("lo", device, new MacAddress(0), 1500, Addresses.of(0), 0, Optional.empty(), List.of());
    }

    /** The loopback device plays both the pod's device and the tap. */
    private static void playOnce(NetlinkSocket netlink) throws IOException {
        int loopback = netlink.deviceIndex("lo").orElseThrow();
        var nobody = nobody(loopback);
        new TrafficControl(netlink)
                .apply(
                        List.of(new Filtered(loopback, GuestFilters.fromGuest(nobody))),
                        List.of(TrafficControl.neverForward(loopback), TrafficControl.up(loopback, nobody.mtu())));
        Libc.close(PodSockets.dhcpServer("lo"));
        Libc.close(PodSockets.loopback(DhcpMessage.SERVER_PORT));
        try {
            new PodNetworkReader(netlink).read();
        } catch (WiringException _) {
            // A new namespace has no network to read.
        }
    }
}

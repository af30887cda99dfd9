package dev.skete.agent.net;

import dev.skete.agent.linux.Libc;
import dev.skete.agent.linux.LinuxException;
import dev.skete.agent.linux.LinuxException.Errno;
import dev.skete.agent.linux.NetlinkSocket;
import dev.skete.agent.linux.NetlinkSocket.Change;
import dev.skete.agent.linux.NetworkNamespace;
import dev.skete.agent.linux.PidFd;
import dev.skete.agent.net.TrafficControl.Filtered;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires pods with the kernel's own means, as Kata Containers does: a persistent tap, an ingress qdisc on both devices, and a redirect both ways.
 * Needs CAP_SYS_ADMIN and CAP_SYS_PTRACE to enter the namespace and CAP_NET_ADMIN inside it. Everything in the pod ends with its namespace.
 */
public final class KernelPodNetworks implements PodNetworks {
    private static final Logger LOG = LoggerFactory.getLogger(KernelPodNetworks.class);

    private final String tunDevice;
    private final PodServices services;

    /**
     * A way to wire this node's pods.
     *
     * @param tunDevice path of the tun control device
     */
    public KernelPodNetworks(String tunDevice, PodServices services) {
        this.tunDevice = tunDevice;
        this.services = services;
    }

    @Override
    public WiredPod wire(PidFd peer, TapRequest request) throws WiringException {
        try {
            Inside inside = NetworkNamespace.inside(peer, () -> wireInside(request));
            return switch (inside) {
                case Inside.Refused(WiringException refusal) -> throw refusal;
                case Inside.Opened opened -> services.serve(opened, request);
            };
        } catch (LinuxException e) {
            throw new WiringException(
                    peer.alive() ? WiringReason.KernelRefused : WiringReason.PeerGone,
                    "the node's kernel refused to wire the pod's network (%s); see the node agent's requirements"
                            .formatted(e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new WiringException(WiringReason.PeerGone, "the pod ended while its network was wired", e);
        }
    }

    /** What a visit to the pod's namespace brought back. */
    sealed interface Inside {
        record Refused(WiringException refusal) implements Inside {}

        /** The sockets' descriptors; closing them is the receiver's part. */
        record Opened(PodNetwork network, int dhcp, List<Integer> forwards, OpenTap tap) implements Inside {}
    }

    private Inside wireInside(TapRequest request) throws IOException {
        try (var netlink = NetlinkSocket.open()) {
            PodNetwork network = new PodNetworkReader(netlink).read();
            OpenTap open = openTap(request);
            try {
                wire(netlink, network, request);
                return open(network, request, open);
            } catch (IOException | WiringException e) {
                open.close();
                throw e;
            }
        } catch (WiringException e) {
            return new Inside.Refused(e);
        }
    }

    /** A tap that a VMM has open was made by us for this pod: nobody else may, in a pod without capabilities. */
    private OpenTap openTap(TapRequest request) throws LinuxException {
        try {
            var tap = new OpenTap(OptionalInt.of(Tap.open(tunDevice, request)));
            if (!request.handedOver()) {
                tap.close();
            }
            return tap;
        } catch (LinuxException e) {
            if (!Tap.heldByVmm(e)) {
                throw e;
            }
            return new OpenTap(OptionalInt.empty());
        }
    }

    private static void wire(NetlinkSocket netlink, PodNetwork network, TapRequest request)
            throws IOException, WiringException {
        int tap = netlink.deviceIndex(Tap.NAME).orElseThrow(() -> new IOException("the tap vanished"));
        List<Change> changes = new ArrayList<>();
        if (request.mac() == TapMac.Pods) {
            changes.add(TrafficControl.address(tap, network.mac()));
        }
        changes.add(TrafficControl.neverForward(tap));
        changes.add(TrafficControl.up(tap, network.mtu()));
        // The filters first: nothing may pass without them. And no device is up when it gets its ingress that need
        // not be, because the
        // kernel waits for all processors then.
        new TrafficControl(netlink)
                .apply(
                        List.of(
                                new Filtered(tap, GuestFilters.fromGuest(network)),
                                new Filtered(network.index(), GuestFilters.fromNetwork(tap))),
                        changes);
    }

    private static Inside open(PodNetwork network, TapRequest request, OpenTap tap)
            throws IOException, WiringException {
        List<Integer> opened = new ArrayList<>();
        try {
            opened.add(PodSockets.dhcpServer(Tap.NAME));
            if (tap.descriptor().isPresent()) {
                sacrifice(opened.getFirst());
            }
            for (int port : request.forwardedPorts()) {
                opened.add(loopback(port));
            }
            return new Inside.Opened(network, opened.getFirst(), List.copyOf(opened.subList(1, opened.size())), tap);
        } catch (LinuxException | WiringException e) {
            opened.forEach(Libc::close);
            throw e;
        }
    }

    /**
     * Puts a frame first into the tap's queue that nobody misses. QEMU 7.2 takes one as soon as it has the tap, with the shorter of virtio-net's
     * two headers, and gives it to the guest's driver as if it had the longer one (hw/net/virtio-net.c, host_hdr_len). Otherwise that would be
     * the first word of a client that is quicker than the guest's start, who says the next a second later.
     */
    private static void sacrifice(int dhcp) {
        try {
            PodSockets.discarded(dhcp);
        } catch (LinuxException e) {
            LOG.debug("no frame to lose", e);
        }
    }

    private static int loopback(int port) throws LinuxException, WiringException {
        try {
            return PodSockets.loopback(port);
        } catch (LinuxException e) {
            if (e.is(Errno.ADDRESS_IN_USE)) {
                throw new WiringException(
                        WiringReason.PortTaken,
                        "a process of the pod listens on 127.0.0.1:%d, where kubectl port-forward needs the node agent; remove it, or the port"
                                .formatted(port),
                        e);
            }
            throw e;
        }
    }
}

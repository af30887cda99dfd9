package dev.skete.agent.net;

import dev.skete.agent.net.U32Filter.Key;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What may pass between a guest and its pod's device. From the network everything reaches the guest. From the guest only IPv4 and ARP with the
 * pod's own addresses leave. The pod's kernel gets to see what is for the DHCP responder and nothing else: it would answer a forged sender, and,
 * on a node that is set so, forward IPv6.
 */
final class GuestFilters {
    /** The address of the cloud provider's metadata service, by which workloads have become their nodes. */
    private static final int METADATA = 0xa9fea9fe;

    private static final int SOURCE_MAC_HEAD = -8;
    private static final int SOURCE_MAC_TAIL = -4;

    private GuestFilters() {}

    /** On the pod's device: everything to the tap. */
    static List<IngressFilter> fromNetwork(int tap) {
        return List.of(new U32Filter(1, IngressFilter.ANY, List.of(new Key(0, 0, 0)), OptionalInt.of(tap)));
    }

    /** On the tap, in order. */
    static List<IngressFilter> fromGuest(PodNetwork pod) {
        int address = Addresses.bits(pod.address());
        var leave = OptionalInt.of(pod.index());
        return List.of(
                // To the agent's DHCP socket on the tap: whole UDP datagrams to port 67, in a header without options,
                // from no address,
                // so that the kernel has nobody to answer should the socket be closed.
                new U32Filter(
                        1,
                        IngressFilter.IPV4,
                        List.of(
                                new Key(0, 0xff000000, 0x45000000),
                                new Key(4, 0x00001fff, 0),
                                new Key(8, 0x00ff0000, 0x00110000),
                                new Key(12, -1, 0),
                                new Key(20, 0x0000ffff, 67)),
                        OptionalInt.empty()),
                new DropFilter(2, IngressFilter.IPV4, OptionalInt.of(METADATA)),
                new U32Filter(3, IngressFilter.IPV4, with(source(pod.mac()), new Key(12, -1, address)), leave),
                arp(4, pod.mac(), address, leave),
                // A guest may ask whether anybody has its address before it uses it (RFC 5227).
                arp(5, pod.mac(), 0, leave),
                new DropFilter(6, IngressFilter.ANY, OptionalInt.empty()));
    }

    /** ARP whose sender is the pod, by both addresses. */
    private static U32Filter arp(int priority, MacAddress mac, int sender, OptionalInt leave) {
        return new U32Filter(
                priority,
                IngressFilter.ARP,
                with(
                        source(mac),
                        new Key(8, -1, mac.head()),
                        new Key(12, -1, mac.tail() << 16 | sender >>> 16),
                        new Key(16, 0xffff0000, sender << 16)),
                leave);
    }

    private static List<Key> source(MacAddress mac) {
        return List.of(
                new Key(SOURCE_MAC_HEAD, -1, mac.head()), new Key(SOURCE_MAC_TAIL, 0xffff0000, mac.tail() << 16));
    }

    private static List<Key> with(List<Key> keys, Key... more) {
        return Stream.concat(keys.stream(), Stream.of(more)).toList();
    }
}

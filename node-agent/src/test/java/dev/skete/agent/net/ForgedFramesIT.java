package dev.skete.agent.net;

import static dev.skete.agent.net.Frames.ARP;
import static dev.skete.agent.net.Frames.BROADCAST;
import static dev.skete.agent.net.Frames.IPV4;
import static dev.skete.agent.net.Frames.IPV6;
import static dev.skete.agent.net.Frames.ethernet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.VnetHeader;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a guest that writes whatever it likes can get out of its pod, seen from the node's end. Needs root. */
class ForgedFramesIT {
    private static final MacAddress STRANGER = new MacAddress(0x02_00_00_bad_bad0L);
    private static final Inet4Address METADATA = ip("169.254.169.254");
    private static final Inet4Address EVERYBODY = ip("255.255.255.255");

    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final TestPod pod = TestPod.inASubnet();
    private final Inet4Address own = ip(pod.address());
    private final Inet4Address node = ip(pod.node());
    private final Inet4Address neighbour = ip(pod.address() + "2");
    private final Map<String, byte[]> forged = new LinkedHashMap<>();

    private WiredPod wired;
    private TapEnd guest;
    private MacAddress mac;

    @BeforeEach
    void wireAPodWhoseKernelWouldForwardAnything() throws IOException, WiringException {
        makeReachable(pod.node());
        pod.inside("ip", "addr", "add", "fd77::2/64", "dev", "net1", "nodad");
        makeReachable("fd77::1");
        pod.inside("ip", "-6", "route", "add", "default", "via", "fd77::1");
        forward();
        wired = wire(TapMac.Own);
        forward();
        guest = pod.namespace().open(() -> TapEnd.open(Tap.NAME, VnetHeader.Disabled));
        mac = wired.network().mac();
    }

    @AfterEach
    void removePod() {
        guest.close();
        wired.close();
        pod.close();
        loop.shutdownGracefully();
    }

    @ParameterizedTest
    @EnumSource
    void onlyFramesWithThePodsOwnAddressesLeave(TapMac tapMac) throws Exception {
        wire(tapMac).close();
        MacAddress gateway = pod.nodeMac();
        for (var to : Map.of("gateway", gateway, "all", BROADCAST, "tap", pod.mac(Tap.NAME))
                .entrySet()) {
            forge(to.getKey(), to.getValue());
        }
        try (var capture = new Capture(pod.link())) {
            guest.send(ethernet(BROADCAST, mac, ARP, Frames.arp(mac, ip("0.0.0.0"), own, "ARP probe")));
            guest.send(ethernet(BROADCAST, mac, ARP, Frames.arp(mac, own, node, "ARP")));
            forged.values().forEach(guest::send);
            guest.send(ethernet(gateway, mac, IPV4, Frames.udp(own, node, "the last")));

            List<String> left = capture.until(frame -> Frames.label(frame).equals(Optional.of("the last"))).stream()
                    .flatMap(frame -> Frames.label(frame).stream())
                    .toList();

            assertThat(left).containsExactly("ARP probe", "ARP", "the last");
        }
    }

    private WiredPod wire(TapMac tapMac) throws WiringException {
        var resolver = new Resolver(List.of(), List.of());
        var request = new TapRequest(0, false, VnetHeader.Disabled, List.of(), resolver, "guest", tapMac);
        return new KernelPodNetworks("/dev/net/tun", new PodServices(loop)).wire(pod.process(), request);
    }

    private void forge(String whom, MacAddress to) throws IOException {
        forge(whom, to, STRANGER, IPV4, "MAC", label -> Frames.udp(own, node, label));
        forge(whom, to, mac, IPV4, "address", label -> Frames.udp(neighbour, node, label));
        forge(whom, to, mac, IPV4, "address, asking the pod", label -> Frames.ping(neighbour, own, label));
        forge(whom, to, mac, IPV4, "address, asking the pod for the node", label -> Frames.ping(node, own, label));
        forge(whom, to, STRANGER, IPV4, "everything", label -> Frames.udp(neighbour, node, label));
        forge(whom, to, mac, IPV4, "nothing, to the metadata service", label -> Frames.udp(own, METADATA, label));
        forge(whom, to, mac, IPV4, "a DHCP server's port", label -> Frames.udp(neighbour, node, 67, label));
        forge(whom, to, mac, IPV4, "a DHCP server's port on the pod", label -> Frames.udp(node, own, 67, label));
        forge(whom, to, mac, IPV4, "the node's DHCP answer", label -> Frames.udp(node, 67, EVERYBODY, 68, label));
        forge(whom, to, mac, IPV4, "a DHCP server's answer", label -> Frames.udp(neighbour, 67, EVERYBODY, 68, label));
        forge(whom, to, mac, ARP, "gratuitous ARP of the node", label -> Frames.arp(mac, node, node, label));
        forge(
                whom,
                to,
                mac,
                ARP,
                "gratuitous ARP of a neighbour",
                label -> Frames.arp(mac, neighbour, neighbour, label));
        forge(whom, to, mac, ARP, "ARP address", label -> Frames.arp(mac, neighbour, node, label));
        forge(whom, to, mac, ARP, "ARP hardware address", label -> Frames.arp(STRANGER, own, node, label));
        forge(whom, to, STRANGER, ARP, "ARP frame", label -> Frames.arp(mac, own, node, label));
        forge(whom, to, mac, IPV6, "nothing, IPv6", label -> Frames.udp6(six("fd77::2"), six("2001:db8::1"), label));
        forge(whom, to, mac, IPV6, "IPv6 address", label -> Frames.udp6(six("fd78::9"), six("2001:db8::1"), label));
        byte[] linkLocal = six("fe80::2");
        forge(
                whom,
                to,
                mac,
                IPV6,
                "router advertisement",
                label -> Frames.advertisement6(134, linkLocal, six("ff02::1"), label));
        forge(
                whom,
                to,
                mac,
                IPV6,
                "neighbour advertisement",
                label -> Frames.advertisement6(136, linkLocal, six("fd77::1"), label));
        forge(whom, to, mac, IPV6, "DHCPv6 answer", label -> Frames.udp6(linkLocal, six("ff02::1:2"), label));
        forge(whom, to, mac, 0x88cc, "another protocol", Frames::text);
        byte[] own4 = ethernet(to, mac, IPV4, Frames.udp(own, node, "VLAN to " + whom));
        forged.put("VLAN " + whom, Frames.tagged(own4, 7));
        forged.put("VLAN 0 " + whom, Frames.tagged(own4, 0));
        forged.put("VLAN in VLAN " + whom, Frames.tagged(Frames.tagged(own4, 7), 8));
        forged.put("runt " + whom, ethernet(to, mac, IPV4, new byte[0]));
        forged.put("runt ARP " + whom, ethernet(to, mac, ARP, new byte[1]));
    }

    private void forge(String whom, MacAddress to, MacAddress from, int type, String what, Payload payload)
            throws IOException {
        String label = what + " to " + whom;
        forged.put(label, ethernet(to, from, type, payload.of(label)));
    }

    private interface Payload {
        byte[] of(String label) throws IOException;
    }

    /** So that nothing that the pod's kernel sends has to wait for an answer first. */
    private void makeReachable(String address) throws IOException {
        pod.inside("ip", "neigh", "add", address, "lladdr", pod.nodeMac().toString(), "dev", "net1");
    }

    /** The worst a node's settings can do to a pod. */
    private void forward() {
        pod.inside("sysctl", "-w", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
    }

    private static byte[] six(String address) throws IOException {
        return InetAddress.getByName(address).getAddress();
    }

    private static Inet4Address ip(String address) {
        return Inet4Address.ofLiteral(address);
    }
}

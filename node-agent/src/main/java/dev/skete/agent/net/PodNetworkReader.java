package dev.skete.agent.net;

import dev.skete.agent.linux.NetlinkSocket;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a pod's network from the kernel, rtnetlink(7), in the namespace the socket was opened in. */
final class PodNetworkReader {
    private static final int AF_INET = 2;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_GETADDR = 22;
    private static final int RTM_GETROUTE = 26;
    private static final int LINK_FIXED = 16;
    private static final int ADDRESS_FIXED = 8;
    private static final int ROUTE_FIXED = 12;
    private static final int RT_TABLE_MAIN = 254;
    private static final int RTN_UNICAST = 1;
    private static final int SCOPE_UNIVERSE = 0;

    private final NetlinkSocket netlink;

    PodNetworkReader(NetlinkSocket netlink) {
        this.netlink = netlink;
    }

    /** The network of the device that the default route leaves by; without one, of the only device with a global address. */
    PodNetwork read() throws IOException, WiringException {
        List<RouteOut> routes = routes();
        List<Assigned> addresses = addresses();
        int index = routes.stream()
                .filter(out -> out.route().prefixLength() == 0)
                .map(RouteOut::device)
                .findFirst()
                .or(() -> addresses.stream().map(Assigned::device).findFirst())
                .orElseThrow(() -> new WiringException(
                        WiringReason.NoDevice,
                        "the pod has no network device with an address; check the node's CNI plug-in",
                        null));
        Assigned address = addresses.stream()
                .filter(assigned -> assigned.device() == index)
                .findFirst()
                .orElseThrow(() -> new WiringException(
                        WiringReason.NoIpv4Address,
                        "the pod's network device has no IPv4 address, and guests have no IPv6 yet; use an IPv4 or dual-stack cluster",
                        null));
        return network(index, address, routes);
    }

    private PodNetwork network(int index, Assigned address, List<RouteOut> out) throws IOException {
        Link link = links().stream()
                .filter(candidate -> candidate.index() == index)
                .findFirst()
                .orElseThrow(() -> new IOException("device " + index + " vanished while it was read"));
        List<Route> routes = out.stream()
                .filter(route -> route.device() == index)
                .map(RouteOut::route)
                .toList();
        Optional<Inet4Address> gateway = routes.stream()
                .filter(route -> route.prefixLength() == 0)
                .flatMap(route -> route.gateway().stream())
                .findFirst();
        return new PodNetwork(
                link.name(), index, link.mac(), link.mtu(), address.address(), address.prefixLength(), gateway, routes);
    }

    private record Link(int index, String name, MacAddress mac, int mtu) {}

    private record Assigned(int device, Inet4Address address, int prefixLength) {}

    private record RouteOut(int device, Route route) {}

    private List<Link> links() throws IOException {
        List<Link> links = new ArrayList<>();
        for (ByteBuffer body : netlink.dump("list devices", RTM_GETLINK, new byte[LINK_FIXED])) {
            var attributes = Attributes.read(body, LINK_FIXED);
            var name = attributes.get(3);
            var mac = attributes.get(1);
            var mtu = attributes.get(4);
            if (name != null && mac != null && mtu != null && mac.limit() == 6) {
                links.add(new Link(body.getInt(4), text(name), MacAddress.of(bytes(mac)), mtu.getInt(0)));
            }
        }
        return links;
    }

    private List<Assigned> addresses() throws IOException {
        List<Assigned> addresses = new ArrayList<>();
        byte[] request = new byte[ADDRESS_FIXED];
        request[0] = AF_INET;
        for (ByteBuffer body : netlink.dump("list addresses", RTM_GETADDR, request)) {
            // IFA_LOCAL is the device's own address, also on point-to-point links, where IFA_ADDRESS is the peer's.
            var local = Attributes.read(body, ADDRESS_FIXED).get(2);
            if (local != null && body.get(0) == AF_INET && body.get(3) == SCOPE_UNIVERSE) {
                addresses.add(new Assigned(body.getInt(4), address(local), body.get(1)));
            }
        }
        return addresses;
    }

    private List<RouteOut> routes() throws IOException {
        List<RouteOut> routes = new ArrayList<>();
        byte[] request = new byte[ROUTE_FIXED];
        request[0] = AF_INET;
        for (ByteBuffer body : netlink.dump("list routes", RTM_GETROUTE, request)) {
            var attributes = Attributes.read(body, ROUTE_FIXED);
            var device = attributes.get(4);
            boolean ours = (body.get(4) & 0xff) == RT_TABLE_MAIN && body.get(7) == RTN_UNICAST;
            if (device != null && ours) {
                var destination = attributes.get(1);
                routes.add(new RouteOut(
                        device.getInt(0),
                        new Route(
                                destination == null ? Addresses.of(0) : address(destination),
                                body.get(1),
                                Optional.ofNullable(attributes.get(5)).map(PodNetworkReader::address))));
            }
        }
        return routes;
    }

    private static Inet4Address address(ByteBuffer attribute) {
        return Addresses.of(attribute.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(0));
    }

    private static String text(ByteBuffer attribute) {
        return new String(bytes(attribute), 0, attribute.limit() - 1, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(ByteBuffer attribute) {
        var bytes = new byte[attribute.limit()];
        attribute.get(0, bytes);
        return bytes;
    }
}

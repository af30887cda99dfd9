package dev.skete.agent.net;

import dev.skete.agent.linux.LinuxException;
import dev.skete.agent.linux.LinuxException.Errno;
import dev.skete.agent.linux.NetlinkSocket;
import dev.skete.agent.linux.NetlinkSocket.Change;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Devices, queueing disciplines and filters of the network namespace that the socket was opened in. Needs CAP_NET_ADMIN there. */
final class TrafficControl {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_NEWQDISC = 36;
    private static final int RTM_NEWTFILTER = 44;
    private static final int RTM_GETTFILTER = 46;
    private static final int NLM_F_EXCL = 0x200;
    private static final int NLM_F_CREATE = 0x400;
    private static final int INGRESS_HANDLE = 0xffff0000;
    private static final int TC_H_INGRESS = 0xfffffff1;
    private static final int TCA_KIND = 1;
    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_AF_SPEC = 26;
    private static final int AF_INET = 2;
    private static final int IFLA_INET_CONF = 1;
    private static final int IPV4_DEVCONF_FORWARDING = 1;
    private static final int IFF_UP = 1;

    private final NetlinkSocket netlink;

    TrafficControl(NetlinkSocket netlink) {
        this.netlink = netlink;
    }

    /** Filters for one device's ingress. */
    record Filtered(int device, List<IngressFilter> filters) {}

    /** Gives a device an MTU and sets it up. */
    static Change up(int device, int mtu) {
        return new Change(
                "set tap up",
                RTM_NEWLINK,
                0,
                link(device, IFF_UP).number(IFLA_MTU, mtu).toBytes());
    }

    /** Gives a device a MAC address; a tap takes one at any time, up or open. */
    static Change address(int device, MacAddress mac) {
        return new Change(
                "set tap address",
                RTM_NEWLINK,
                0,
                link(device, 0).bytes(IFLA_ADDRESS, mac.bytes()).toBytes());
    }

    /** What comes in by this device and is for somebody else is dropped, whatever the node's own setting, which pods inherit. */
    static Change neverForward(int device) {
        byte[] message = link(device, 0)
                .nested(
                        IFLA_AF_SPEC,
                        families -> families.nested(
                                AF_INET,
                                inet -> inet.nested(IFLA_INET_CONF, conf -> conf.number(IPV4_DEVCONF_FORWARDING, 0))))
                .toBytes();
        return new Change("switch forwarding off", RTM_NEWLINK, 0, message);
    }

    /** Puts filters on devices, of which those that are there already, by their priority, stay; then makes the other changes. */
    void apply(List<Filtered> wanted, List<Change> then) throws IOException {
        List<Change> changes = new ArrayList<>();
        for (Filtered one : wanted) {
            Set<Integer> present = ingress(one.device()) ? Set.of() : priorities(one.device());
            for (IngressFilter filter : one.filters()) {
                if (!present.contains(filter.priority())) {
                    changes.add(new Change(
                            "add filter", RTM_NEWTFILTER, NLM_F_CREATE | NLM_F_EXCL, filter.message(one.device())));
                }
            }
        }
        changes.addAll(then);
        netlink.change(changes.toArray(Change[]::new));
    }

    /** Makes the place for a device's filters; false if it is there. */
    private boolean ingress(int device) throws IOException {
        byte[] message = new Attributes()
                .raw(tc(device, INGRESS_HANDLE, TC_H_INGRESS))
                .text(TCA_KIND, "ingress")
                .toBytes();
        try {
            netlink.change(new Change("add ingress", RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, message));
            return true;
        } catch (LinuxException e) {
            if (!e.is(Errno.EXISTS)) {
                throw e;
            }
            return false;
        }
    }

    private Set<Integer> priorities(int device) throws IOException {
        Set<Integer> priorities = new HashSet<>();
        for (ByteBuffer body : netlink.dump("list filters", RTM_GETTFILTER, tc(device, 0, INGRESS_HANDLE))) {
            priorities.add(body.getInt(16) >>> 16);
        }
        return priorities;
    }

    /** struct ifinfomsg; the flags given are also the ones to change. */
    private static Attributes link(int device, int flags) {
        return new Attributes()
                .raw(ByteBuffer.allocate(16)
                        .order(ByteOrder.nativeOrder())
                        .putInt(0)
                        .putInt(device)
                        .putInt(flags)
                        .putInt(flags)
                        .array());
    }

    /** struct tcmsg. */
    private static byte[] tc(int device, int handle, int parent) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putInt(0)
                .putInt(device)
                .putInt(handle)
                .putInt(parent)
                .putInt(0)
                .array();
    }
}

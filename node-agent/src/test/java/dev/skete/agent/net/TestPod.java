package dev.skete.agent.net;

import dev.skete.agent.linux.PidFd;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HexFormat;

/** A pod as a CNI plug-in makes one: a namespace, and a pair of devices, of which the pod's is called net1. Needs root. */
final class TestPod implements AutoCloseable {
    private final TestNamespace namespace = new TestNamespace();
    private final String link = "skv" + Integer.toString(namespace.number(), 36);
    private final String subnet =
            "10.%d.%d.".formatted(128 + (namespace.number() >> 8 & 0x3f), namespace.number() & 0xff);

    private TestPod() {
        run("ip link add %s mtu 1400 type veth peer name net1 mtu 1400 netns %s", link, namespace.name());
        run("ip link set %s up", link);
        inside("ip", "link", "set", "net1", "up");
    }

    /** A pod in a subnet of its own, with the node as its gateway, as most plug-ins do it. */
    static TestPod inASubnet() {
        var pod = new TestPod();
        run("ip addr add %s/24 dev %s", pod.node(), pod.link);
        pod.inside("ip", "addr", "add", pod.address() + "/24", "dev", "net1");
        pod.inside("ip", "route", "add", "default", "via", pod.node());
        return pod;
    }

    /** A pod that is its own subnet, with a gateway that only a route to the link makes a neighbour, as Calico does it. */
    static TestPod behindALinkLocalGateway() {
        var pod = new TestPod();
        run("ip addr add 169.254.1.1/32 dev %s", pod.link);
        run("ip route add %s dev %s", pod.address(), pod.link);
        pod.inside("ip", "addr", "add", pod.address() + "/32", "dev", "net1");
        pod.inside("ip", "route", "add", "169.254.1.1", "dev", "net1", "scope", "link");
        pod.inside("ip", "route", "add", "default", "via", "169.254.1.1", "dev", "net1");
        return pod;
    }

    /** A pod with a device that has no address. */
    static TestPod withoutAnAddress() {
        return new TestPod();
    }

    String address() {
        return subnet + "2";
    }

    /** The node's own address in the pod's subnet. */
    String node() {
        return subnet + "1";
    }

    /** Name of the node's end of the pair. */
    String link() {
        return link;
    }

    MacAddress nodeMac() throws SocketException {
        return MacAddress.of(NetworkInterface.getByName(link).getHardwareAddress());
    }

    MacAddress mac(String device) {
        String colons = inside("cat", "/sys/class/net/" + device + "/address").strip();
        return MacAddress.of(HexFormat.ofDelimiter(":").parseHex(colons));
    }

    PidFd process() {
        return namespace.process();
    }

    TestNamespace namespace() {
        return namespace;
    }

    /** Runs a command in the pod's network; returns what it said. */
    String inside(String... command) {
        return namespace.inside(command);
    }

    @Override
    public void close() {
        namespace.close();
    }

    private static void run(String command, Object... words) {
        TestNamespace.run(command.formatted(words).split(" "));
    }
}

package dev.skete.agent.net;

import dev.skete.api.VnetHeader;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A guest with a real network stack: Linux's, in a namespace of its own whose eth0 is joined to the pod's tap by a thread that does a VMM's work.
 * It has the pod's MAC and no address yet.
 */
final class LinuxGuest implements AutoCloseable {
    private static final int POLL_MILLIS = 20;

    private final TestNamespace namespace = new TestNamespace();
    private final TapEnd pod;
    private final TapEnd own;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread fromPod;
    private final Thread toPod;

    LinuxGuest(TestPod pod, PodNetwork network, VnetHeader header) {
        this.pod = pod.namespace().open(() -> TapEnd.open(Tap.NAME, header));
        own = namespace.open(() -> TapEnd.open("eth0", VnetHeader.Disabled));
        inside("ip", "link", "set", "eth0", "address", network.mac().toString(), "mtu", "" + network.mtu(), "up");
        fromPod = Thread.ofPlatform().start(() -> copy(this.pod, own));
        toPod = Thread.ofPlatform().start(() -> copy(own, this.pod));
    }

    /** The same with the pod's address and routes, as a guest that got them by its command line. */
    static LinuxGuest withAddress(TestPod pod, PodNetwork network, VnetHeader header) {
        var guest = new LinuxGuest(pod, network, header);
        guest.inside(
                "ip", "addr", "add", network.address().getHostAddress() + "/" + network.prefixLength(), "dev", "eth0");
        String gateway = network.gateway().orElseThrow().getHostAddress();
        guest.inside("ip", "route", "add", "default", "via", gateway, "dev", "eth0", "onlink");
        return guest;
    }

    TestNamespace namespace() {
        return namespace;
    }

    String inside(String... command) {
        return namespace.inside(command);
    }

    @Override
    public void close() throws InterruptedException {
        running.set(false);
        fromPod.join();
        toPod.join();
        own.close();
        pod.close();
        namespace.close();
    }

    private void copy(TapEnd from, TapEnd to) {
        while (running.get()) {
            from.receive(POLL_MILLIS).ifPresent(to::send);
        }
    }
}

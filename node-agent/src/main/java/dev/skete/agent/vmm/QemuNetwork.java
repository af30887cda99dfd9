package dev.skete.agent.vmm;

import dev.skete.api.Nic;
import dev.skete.api.NicModel;
import dev.skete.api.VnetHeader;
import java.util.List;
import java.util.TreeMap;

/** The guest's one network device, on the pod's tap. */
final class QemuNetwork {
    private QemuNetwork() {}

    static List<String> words(GuestLaunch launch) {
        var nic = launch.plan().nic();
        var network = launch.network();
        var device = QemuOption.of(deviceName(nic.model())).with("netdev", "net0");
        if (nic.options() != null) {
            device.with(new TreeMap<>(nic.options()));
        }
        device.with("mac", network.mac()).with("host_mtu", network.mtu());
        if (nic.model() == NicModel.VIRTIO_NET_PCI) {
            // An empty ROM file: no network boot firmware is loaded, which a pack need not carry.
            device.with("romfile", "");
        }
        return List.of("-netdev", netdev(network, nic).toString(), "-device", device.toString());
    }

    /** Of a tap that it gets open, QEMU finds out by itself whether frames have virtio-net headers. */
    private static QemuOption netdev(NetworkFacts network, Nic nic) {
        var netdev = QemuOption.of("tap").with("id", "net0");
        if (network.openTap().isPresent()) {
            return netdev.with("fd", network.openTap().getAsInt());
        }
        return netdev.with("ifname", network.tap())
                .with("script", "no")
                .with("downscript", "no")
                .with("vnet_hdr", nic.vnetHeader() == VnetHeader.Disabled ? "off" : "on");
    }

    private static String deviceName(NicModel model) {
        return switch (model) {
            case VIRTIO_NET_DEVICE -> "virtio-net-device";
            case VIRTIO_NET_PCI -> "virtio-net-pci";
        };
    }
}

package dev.skete.agent.net;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;

/**
 * What the CNI plug-in gave a pod, read from the kernel.
 *
 * @param device the pod's network device, whatever its name
 * @param index the device's number inside the pod's network namespace
 * @param mtu in bytes, without the Ethernet header
 * @param gateway of the default route; it may lie outside the prefix, as with Calico's 169.254.1.1
 */
public record PodNetwork(
        String device,
        int index,
        MacAddress mac,
        int mtu,
        Inet4Address address,
        int prefixLength,
        Optional<Inet4Address> gateway,
        List<Route> routes) {

    /** Whether the gateway is a neighbour by the prefix alone. */
    boolean gatewayOnLink() {
        int mask = Addresses.mask(prefixLength);
        return gateway.map(Addresses::bits)
                .filter(bits -> (bits & mask) == (Addresses.bits(address) & mask))
                .isPresent();
    }
}

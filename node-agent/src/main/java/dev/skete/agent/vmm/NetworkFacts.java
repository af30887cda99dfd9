package dev.skete.agent.vmm;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the node knows about a guest's network.
 *
 * @param tap name of the tap device, in the VMM's own network namespace
 * @param openTap the VMM's own descriptor of it, if it gets it open
 * @param mac the pod's MAC address, which the guest takes over, as {@code aa:bb:cc:dd:ee:ff}
 * @param mtu MTU of the pod's device, in bytes
 * @param gateway the pod's default gateway, if it has one
 * @param dns the first name server of the pod's {@code resolv.conf}, if it has one
 * @param searchDomains where names without dots are looked up, in that order
 */
public record NetworkFacts(
        String tap,
        OptionalInt openTap,
        String mac,
        int mtu,
        Inet4Address address,
        int prefixLength,
        Optional<Inet4Address> gateway,
        Optional<Inet4Address> dns,
        List<String> searchDomains) {

    /** The prefix as a dotted mask: 24 is 255.255.255.0. */
    public String mask() {
        long bits = prefixLength == 0 ? 0 : 0xffffffffL << (32 - prefixLength) & 0xffffffffL;
        return "%d.%d.%d.%d".formatted(bits >> 24, bits >> 16 & 0xff, bits >> 8 & 0xff, bits & 0xff);
    }
}

package dev.skete.agent.net;

import dev.skete.api.VnetHeader;
import java.util.List;

/**
 * What a guest needs of its pod's network.
 *
 * @param uid the user the VMM runs as: the only one that may open the tap
 * @param handedOver whether the VMM gets the tap open, instead of opening it by its name
 * @param vnetHeader whether frames on the tap carry virtio-net headers; must agree with the VMM's netdev
 * @param forwardedPorts TCP ports that {@code kubectl port-forward} may ask for
 * @param hostName what DHCP tells the guest that it is called
 * @param mac whose address the tap has
 */
public record TapRequest(
        int uid,
        boolean handedOver,
        VnetHeader vnetHeader,
        List<Integer> forwardedPorts,
        Resolver resolver,
        String hostName,
        TapMac mac) {}

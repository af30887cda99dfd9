package dev.skete.agent.net;

import java.net.Inet4Address;
import java.util.Optional;

/** An IPv4 route of the pod; without a gateway the destination is on the link. The default route's prefix is 0 bits long. */
public record Route(Inet4Address destination, int prefixLength, Optional<Inet4Address> gateway) {}

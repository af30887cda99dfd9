package dev.skete.agent.launch;

import dev.skete.agent.net.Resolver;
import dev.skete.agent.net.TapMac;
import dev.skete.agent.net.TapRequest;
import dev.skete.agent.net.WiredPod;
import dev.skete.agent.vmm.NetworkFacts;
import dev.skete.agent.vmm.Vmm;
import dev.skete.api.LaunchPlan;
import dev.skete.api.VnetHeader;
import java.util.Objects;
import java.util.OptionalInt;

/** Translates between the launch and the pod's network. */
final class PodWiring {
    /** The VMM's descriptor of the tap, as the launcher passes it on: the first after the standard ones. */
    private static final int VMMS_TAP = 3;

    private PodWiring() {}

    static TapRequest tapRequest(LaunchRequest request, LaunchPlan plan, Vmm vmm) {
        return new TapRequest(
                request.peer().uid(),
                vmm.takesOpenTap() && request.said().takesInterface(),
                Objects.requireNonNullElse(plan.nic().vnetHeader(), VnetHeader.Enabled),
                plan.ports(),
                Resolver.parse(request.said().resolvConf()),
                request.variable("SKETE_POD_NAME", ""),
                vmm.guestHasTapsMac() ? TapMac.Pods : TapMac.Own);
    }

    static NetworkFacts networkFacts(LaunchRequest request, WiredPod wired) {
        var network = wired.network();
        var resolver = Resolver.parse(request.said().resolvConf());
        return new NetworkFacts(
                wired.tap(),
                wired.openTap().isPresent() ? OptionalInt.of(VMMS_TAP) : OptionalInt.empty(),
                network.mac().toString(),
                network.mtu(),
                network.address(),
                network.prefixLength(),
                network.gateway(),
                resolver.nameServers().stream().findFirst(),
                resolver.searchDomains());
    }
}

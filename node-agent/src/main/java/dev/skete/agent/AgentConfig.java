package dev.skete.agent;

import dev.skete.agent.uninstall.DaemonSetName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The agent's settings.
 *
 * @param nodeName name of the node the agent runs on; only its pods are reported
 * @param root directory on the node that holds everything of the agent's
 * @param kubeletDir the kubelet's device plugin directory
 * @param guestsPerNode how many guests the node offers places for, of either kind
 * @param guestGid group that guests run as; it may open the device nodes
 * @param kvm whether to offer KVM
 * @param kvmProbeTimeout how much CPU the boot probe's guest may take; with real hardware it needs a tenth of a second
 * @param launcher the launcher to install for guests, a static executable
 * @param seccompProfile the guests' seccomp profile to install, an OCI runtime's in JSON
 * @param seccompDir directory, below the kubelet's for such profiles, to install it in; without one it is not installed
 * @param handshakeTimeout how long a launcher may take to say what it wants
 * @param port of health and metrics, on the node's network; 0 for any free one
 * @param daemonSet the agent's own; without one nothing is removed from the node when it is uninstalled
 */
public record AgentConfig(
        String nodeName,
        Path root,
        Path kubeletDir,
        int guestsPerNode,
        int guestGid,
        Kvm kvm,
        Duration kvmProbeTimeout,
        Path launcher,
        Path seccompProfile,
        Optional<Path> seccompDir,
        Duration handshakeTimeout,
        int port,
        Optional<DaemonSetName> daemonSet) {

    /** Whether to offer KVM: Auto does if the boot probe passes, Off never does. */
    public enum Kvm {
        Auto,
        Off
    }

    /**
     * Reads the variables {@code SKETE_AGENT_*}, as the chart sets them.
     *
     * @throws InvalidSettingException that names the variable and what it should be
     */
    public static AgentConfig from(Map<String, String> environment) {
        var variables = new Variables(environment);
        return new AgentConfig(
                variables.required("SKETE_AGENT_NODE_NAME", "the name of the node"),
                variables.path("SKETE_AGENT_ROOT").orElse(Path.of("/var/lib/skete")),
                variables.path("SKETE_AGENT_KUBELET_DIR").orElse(Path.of("/var/lib/kubelet/device-plugins")),
                variables.number("SKETE_AGENT_GUESTS_PER_NODE").orElse(110),
                variables.number("SKETE_AGENT_GUEST_GID").orElse(65532),
                variables.oneOf("SKETE_AGENT_KVM", Kvm.class).orElse(Kvm.Auto),
                variables.milliseconds("SKETE_AGENT_KVM_PROBE_MILLIS").orElse(Duration.ofSeconds(3)),
                variables.path("SKETE_AGENT_LAUNCHER").orElse(Path.of("/opt/skete/launch")),
                variables.path("SKETE_AGENT_SECCOMP_PROFILE").orElse(Path.of("/opt/skete/vmm.json")),
                variables.path("SKETE_AGENT_SECCOMP_DIR"),
                variables.milliseconds("SKETE_AGENT_HANDSHAKE_MILLIS").orElse(Duration.ofSeconds(5)),
                variables.number("SKETE_AGENT_PORT").orElse(9412),
                variables
                        .text("SKETE_AGENT_NAMESPACE")
                        .flatMap(namespace -> variables
                                .text("SKETE_AGENT_DAEMON_SET")
                                .map(name -> new DaemonSetName(namespace, name))));
    }
}

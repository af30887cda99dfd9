package dev.skete.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The agent's settings: properties {@code skete.agent.*}, or variables {@code SKETE_AGENT_*}. */
@ConfigMapping(prefix = "skete.agent")
public interface AgentConfig {
    /** Name of the node the agent runs on; only its pods are reported. */
    String nodeName();

    /** Directory on the node that holds everything of the agent's. */
    @WithDefault("/var/lib/skete")
    Path root();

    /** The kubelet's device plugin directory. */
    @WithDefault("/var/lib/kubelet/device-plugins")
    Path kubeletDir();

    /** How many guests the node offers places for, of either kind. */
    @WithDefault("110")
    int guestsPerNode();

    /** Group that guests run as; it may open the device nodes. */
    @WithDefault("65532")
    int guestGid();

    /** Auto offers KVM if the boot probe passes, Off never does. */
    @WithDefault("Auto")
    Kvm kvm();

    /** How much CPU the boot probe's guest may take; with real hardware it needs a tenth of a second. */
    @WithDefault("3s")
    Duration kvmProbeTimeout();

    /** The launcher to install for guests, a static executable. */
    @WithDefault("/opt/skete/launch")
    Path launcher();

    /** The guests' seccomp profile to install, an OCI runtime's in JSON. */
    @WithDefault("/opt/skete/vmm.json")
    Path seccompProfile();

    /** Directory, below the kubelet's for such profiles, to install it in; without one it is not installed. */
    Optional<Path> seccompDir();

    /** How long a launcher may take to say what it wants. */
    @WithDefault("5s")
    Duration handshakeTimeout();

    /** Whether to offer KVM. */
    enum Kvm {
        Auto,
        Off
    }
}

package dev.skete.agent;

import java.nio.file.Path;
import java.util.Map;

/** Settings of an agent whose node is one directory. */
final class TestConfig {
    private TestConfig() {}

    static AgentConfig of(Path root) {
        return AgentConfig.from(Map.of(
                "SKETE_AGENT_NODE_NAME", "test",
                "SKETE_AGENT_ROOT", root.toString(),
                "SKETE_AGENT_KUBELET_DIR", root.resolve("no-kubelet").toString(),
                "SKETE_AGENT_GUESTS_PER_NODE", "4",
                "SKETE_AGENT_KVM", "Off",
                "SKETE_AGENT_LAUNCHER", root.resolve("launch").toString(),
                "SKETE_AGENT_SECCOMP_PROFILE", "vmm/seccomp/vmm.json",
                "SKETE_AGENT_SECCOMP_DIR", root.resolve("seccomp").toString(),
                "SKETE_AGENT_HANDSHAKE_MILLIS", "500",
                "SKETE_AGENT_PORT", "0"));
    }
}

package dev.skete.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of an agent whose node is one directory. */
record TestConfig(Path root) implements AgentConfig {
    @Override
    public String nodeName() {
        return "test";
    }

    @Override
    public Path kubeletDir() {
        return root.resolve("no-kubelet");
    }

    @Override
    public int guestsPerNode() {
        return 4;
    }

    @Override
    public int guestGid() {
        return 65532;
    }

    @Override
    public Kvm kvm() {
        return Kvm.Off;
    }

    @Override
    public Duration kvmProbeTimeout() {
        return Duration.ofSeconds(3);
    }

    @Override
    public Path launcher() {
        return root.resolve("launch");
    }

    @Override
    public Path seccompProfile() {
        return Path.of("vmm/seccomp/vmm.json");
    }

    @Override
    public Optional<Path> seccompDir() {
        return Optional.of(root.resolve("seccomp"));
    }

    @Override
    public Duration handshakeTimeout() {
        return Duration.ofMillis(500);
    }
}

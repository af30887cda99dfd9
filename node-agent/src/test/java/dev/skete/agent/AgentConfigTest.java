package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pins every default and the variables that the chart sets. */
class AgentConfigTest {
    @Test
    void onlyTheNodesNameHasToBeGiven() {
        var config = read(Map.of("SKETE_AGENT_NODE_NAME", "node1"));
        assertThat(config.nodeName()).isEqualTo("node1");
        assertThat(config.root()).isEqualTo(Path.of("/var/lib/skete"));
        assertThat(config.kubeletDir()).isEqualTo(Path.of("/var/lib/kubelet/device-plugins"));
        assertThat(config.guestsPerNode()).isEqualTo(110);
        assertThat(config.guestGid()).isEqualTo(65532);
        assertThat(config.kvm()).isEqualTo(AgentConfig.Kvm.Auto);
        assertThat(config.kvmProbeTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.launcher()).isEqualTo(Path.of("/opt/skete/launch"));
        assertThat(config.seccompProfile()).isEqualTo(Path.of("/opt/skete/vmm.json"));
        assertThat(config.seccompDir()).isEmpty();
        assertThat(config.handshakeTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theChartsVariablesAreUnderstood() {
        var config = read(Map.of(
                "SKETE_AGENT_NODE_NAME", "node1",
                "SKETE_AGENT_ROOT", "/srv/skete",
                "SKETE_AGENT_KUBELET_DIR", "/srv/kubelet/device-plugins",
                "SKETE_AGENT_GUESTS_PER_NODE", "20",
                "SKETE_AGENT_KVM", "Off",
                "SKETE_AGENT_SECCOMP_DIR", "/srv/kubelet/seccomp/skete"));
        assertThat(config.root()).isEqualTo(Path.of("/srv/skete"));
        assertThat(config.kubeletDir()).isEqualTo(Path.of("/srv/kubelet/device-plugins"));
        assertThat(config.guestsPerNode()).isEqualTo(20);
        assertThat(config.kvm()).isEqualTo(AgentConfig.Kvm.Off);
        assertThat(config.seccompDir()).hasValue(Path.of("/srv/kubelet/seccomp/skete"));
    }

    @Test
    void aMissingNodeNameStopsTheStart() {
        assertThatExceptionOfType(ConfigValidationException.class).isThrownBy(() -> read(Map.of()));
    }

    private static AgentConfig read(Map<String, String> variables) {
        return new SmallRyeConfigBuilder()
                .withMapping(AgentConfig.class)
                .withSources(new EnvConfigSource(variables, 300))
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(AgentConfig.class);
    }
}

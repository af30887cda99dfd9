package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skete.agent.uninstall.DaemonSetName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pins every default and the variables that the chart sets. */
class AgentConfigTest {
    @Test
    void onlyTheNodesNameHasToBeGiven() {
        var config = AgentConfig.from(Map.of("SKETE_AGENT_NODE_NAME", "node1"));
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
        assertThat(config.port()).isEqualTo(9412);
        assertThat(config.daemonSet()).isEmpty();
    }

    @Test
    void theChartsVariablesAreUnderstood() {
        var config = AgentConfig.from(Map.of(
                "SKETE_AGENT_NODE_NAME", "node1",
                "SKETE_AGENT_ROOT", "/srv/skete",
                "SKETE_AGENT_KUBELET_DIR", "/srv/kubelet/device-plugins",
                "SKETE_AGENT_GUESTS_PER_NODE", "20",
                "SKETE_AGENT_KVM", "Off",
                "SKETE_AGENT_SECCOMP_DIR", "/srv/kubelet/seccomp/skete",
                "SKETE_AGENT_PORT", "9999",
                "SKETE_AGENT_NAMESPACE", "skete-system",
                "SKETE_AGENT_DAEMON_SET", "skete-node-agent"));
        assertThat(config.root()).isEqualTo(Path.of("/srv/skete"));
        assertThat(config.kubeletDir()).isEqualTo(Path.of("/srv/kubelet/device-plugins"));
        assertThat(config.guestsPerNode()).isEqualTo(20);
        assertThat(config.kvm()).isEqualTo(AgentConfig.Kvm.Off);
        assertThat(config.seccompDir()).hasValue(Path.of("/srv/kubelet/seccomp/skete"));
        assertThat(config.port()).isEqualTo(9999);
        assertThat(config.daemonSet()).hasValue(new DaemonSetName("skete-system", "skete-node-agent"));
    }

    @Test
    void aMissingNodeNameStopsTheStart() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> AgentConfig.from(Map.of()))
                .withMessage("SKETE_AGENT_NODE_NAME is not set; it must be the name of the node");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SKETE_AGENT_PORT            | http       | a whole number from 0 to 2147483647
            SKETE_AGENT_GUESTS_PER_NODE | -1         | a whole number from 0 to 2147483647
            SKETE_AGENT_GUEST_GID       | 3000000000 | a whole number from 0 to 2147483647
            SKETE_AGENT_KVM             | on         | one of [Auto, Off]
            """)
    void whatCannotBeReadIsRefusedByName(String variable, String value, String expected) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> AgentConfig.from(Map.of("SKETE_AGENT_NODE_NAME", "node1", variable, value)))
                .withMessage("%s is \"%s\"; it must be %s".formatted(variable, value, expected));
    }
}

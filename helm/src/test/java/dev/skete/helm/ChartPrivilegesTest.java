package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the pods of the chart may do to a node: the same list as in the chart's README and docs/architecture.md. */
class ChartPrivilegesTest {
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    private final PodSpec agent =
            render(DaemonSet.class, "skete-node-agent").getSpec().getTemplate().getSpec();
    private final PodSpec operator =
            render(Deployment.class, "skete-operator").getSpec().getTemplate().getSpec();

    @Test
    void theAgentIsTheOnlyPrivilegedContainerAndCannotChangeItsOwnFiles() {
        var security = agent.getContainers().getFirst().getSecurityContext();
        assertThat(agent.getContainers()).hasSize(1);
        assertThat(security.getPrivileged()).isTrue();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    }

    @Test
    void theContainersThatInstallVmmPacksHaveNoCapability() {
        assertThat(agent.getInitContainers()).extracting(Container::getName).containsExactly("vmm-qemu");
        var installers = render(DaemonSet.class, "skete-node-agent", Map.of("agent.vmms.uhyve.enabled", true))
                .getSpec()
                .getTemplate()
                .getSpec()
                .getInitContainers();
        assertThat(installers).extracting(Container::getName).containsExactly("vmm-qemu", "vmm-uhyve");
        assertThat(installers).allSatisfy(installer -> {
            assertThat(installer.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(installer.getSecurityContext().getCapabilities().getAdd())
                    .isEmpty();
            assertThat(installer.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
        });
    }

    @Test
    void theAgentSharesProcessIdsAndNetworkAndTwoDirectoriesWithItsNode() {
        assertThat(agent.getHostPID()).isTrue();
        assertThat(agent.getHostNetwork()).isTrue();
        assertThat(agent.getHostIPC()).isNull();
        assertThat(hostPaths(agent)).containsExactly("/var/lib/skete", "/var/lib/kubelet/device-plugins");
    }

    @Test
    void withASeccompProfileOfItsOwnItSharesTheDirectoryForItToo() {
        var values = Map.<String, Object>of("guests.seccompProfile", "Localhost", "agent.kubeletDir", "/srv/kubelet");
        assertThat(hostPaths(render(DaemonSet.class, "skete-node-agent", values)
                        .getSpec()
                        .getTemplate()
                        .getSpec()))
                .containsExactly("/var/lib/skete", "/srv/kubelet/device-plugins", "/srv/kubelet/seccomp/skete");
    }

    @Test
    void theOperatorPassesPodSecurityRestricted() {
        var container = operator.getContainers().getFirst().getSecurityContext();
        assertThat(operator.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(operator.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(operator.getHostNetwork()).isNull();
        assertThat(operator.getVolumes()).allMatch(volume -> volume.getHostPath() == null);
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getCapabilities().getAdd()).isEmpty();
    }

    @Test
    void everyLongRunningContainerHasAllThreeProbesAndAMemoryLimit() {
        for (var container : List.of(mainContainer(agent), mainContainer(operator))) {
            assertThat(container.getStartupProbe()).isNotNull();
            assertThat(container.getReadinessProbe()).isNotNull();
            assertThat(container.getLivenessProbe()).isNotNull();
            assertThat(container.getResources().getLimits()).containsKey("memory");
        }
    }

    private static List<String> hostPaths(PodSpec pod) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getHostPath() != null)
                .map(volume -> volume.getHostPath().getPath())
                .toList();
    }

    private static Container mainContainer(PodSpec pod) {
        return pod.getContainers().getFirst();
    }

    private static <T> T render(Class<T> type, String name) {
        return render(type, name, Map.of());
    }

    private static <T> T render(Class<T> type, String name, Map<String, Object> values) {
        var document = Chart.find(Chart.render(values), type.getSimpleName(), name);
        return KUBERNETES.unmarshal(Chart.yaml(document), type);
    }
}

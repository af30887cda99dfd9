package dev.skete.operator.unikernel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every manifest that the compiler's tests hold it to, whatever its Unikernel asks for, is let in where the cluster is at its strictest. */
@ControlPlaneTest
class RestrictedGuestsIT {
    private static final Path CASES = Path.of("src/test/resources/compiler");
    private static final Set<String> WORKLOADS = Set.of("Deployment", "Job", "CronJob");

    @BeforeAll
    static void aStrictNamespace(KubernetesClient admin) {
        ChartPermissions.install(admin);
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName("high")
                        .endMetadata()
                        .withValue(1)
                        .build())
                .create();
    }

    static List<Path> cases() throws IOException {
        try (var directories = Files.list(CASES)) {
            return directories
                    .map(directory -> directory.resolve("children.yaml"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void podSecurityRestrictedLetsTheGuestIn(Path children, KubernetesClient admin) {
        var pod = pod(workload(children));

        assertThatCode(() -> admin.resource(pod).dryRun().create()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOperatorsPolicyLetsTheChildrenIn(Path children, ControlPlane controlPlane) {
        try (var operator = new KubernetesClientBuilder()
                .withConfig(controlPlane.configAs(ChartPermissions.OPERATOR))
                .build()) {
            for (var child : read(children)) {
                assertThatCode(() -> operator.resource(child).dryRun().create()).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aProbeThatAsksSomebodyElseIsRefusedAsAnyPodsIs(KubernetesClient admin) {
        var pod = pod(workload(CASES.resolve("every-field/children.yaml")));
        pod.getSpec().getContainers().getFirst().getLivenessProbe().getHttpGet().setHost("169.254.169.254");

        assertThatThrownBy(() -> admin.resource(pod).dryRun().create())
                .hasMessageContaining("violates PodSecurity \"restricted:latest\": probe");
    }

    @Test
    void quotaKeepsKvmFromANamespace(ControlPlane controlPlane) {
        var pod = pod(workload(CASES.resolve("serves/children.yaml")));
        pod.getMetadata().setNamespace(controlPlane.newNamespace());
        var none = Map.of("requests.skete.dev/kvm", new Quantity("0"));
        var quota = controlPlane
                .admin()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("no-kvm")
                        .withNamespace(pod.getMetadata().getNamespace())
                        .endMetadata()
                        .withNewSpec()
                        .withHard(none)
                        .endSpec()
                        .build())
                .create();
        controlPlane
                .admin()
                .resource(quota)
                .editStatus(q -> new ResourceQuotaBuilder(q)
                        .withNewStatus()
                        .withHard(none)
                        .withUsed(none)
                        .endStatus()
                        .build());

        assertThatThrownBy(() -> controlPlane.admin().resource(pod).dryRun().create())
                .hasMessageContaining("exceeded quota: no-kvm, requested: requests.skete.dev/kvm=1");
    }

    @Test
    void thisNamespaceDoesRefuseWhatIsNotRestricted(KubernetesClient admin) {
        var pod = pod(workload(CASES.resolve("serves/children.yaml")));
        pod.getSpec().getSecurityContext().setSeccompProfile(null);

        assertThatThrownBy(() -> admin.resource(pod).dryRun().create())
                .hasMessageContaining("violates PodSecurity \"restricted:latest\"");
    }

    private static List<HasMetadata> read(Path children) {
        try {
            return Stream.of(Files.readString(children).split("(?m)^---$"))
                    .filter(manifest -> !manifest.isBlank())
                    .map(manifest -> Serialization.<HasMetadata>unmarshal(manifest))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GenericKubernetesResource workload(Path children) {
        return read(children).stream()
                .filter(child -> WORKLOADS.contains(child.getKind()))
                .findFirst()
                .map(child -> Serialization.<GenericKubernetesResource>unmarshal(
                        Serialization.asYaml(child), GenericKubernetesResource.class))
                .orElseThrow();
    }

    private static Pod pod(GenericKubernetesResource workload) {
        var template = workload.getKind().equals("CronJob")
                ? workload.get("spec", "jobTemplate", "spec", "template")
                : workload.get("spec", "template");
        return new PodBuilder(Serialization.unmarshal(Serialization.asYaml(template), Pod.class))
                .editOrNewMetadata()
                .withName("guest")
                .withNamespace("shop")
                .endMetadata()
                .build();
    }
}

package dev.skete.e2e.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@ControlPlaneTest(controllers = Controllers.WORKLOADS)
class ControlPlaneIT {
    @Test
    void aDeploymentGetsItsPods(ControlPlane controlPlane, KubernetesClient admin) {
        String namespace = controlPlane.newNamespace();
        admin.resource(deployment(namespace)).create();
        await("the Deployment's pods")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(admin.pods()
                                .inNamespace(namespace)
                                .withLabel("app", "web")
                                .list()
                                .getItems())
                        .hasSize(2));
    }

    @Test
    void aStrangerMayDoNothing(ControlPlane controlPlane) {
        try (var stranger = new KubernetesClientBuilder()
                .withConfig(controlPlane.configAs("stranger"))
                .build()) {
            Assertions.assertThatThrownBy(
                            () -> stranger.pods().inNamespace("default").list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("User \"stranger\" cannot list resource \"pods\"");
        }
    }

    @Test
    void theApiServesOurKinds(KubernetesClient admin) {
        assertThat(admin.genericKubernetesResources("skete.dev/v1alpha1", "Unikernel")
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .isNotNull();
    }

    private static Deployment deployment(String namespace) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "web"))
                .endSelector()
                .withTemplate(template())
                .endSpec()
                .build();
    }

    private static PodTemplateSpec template() {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of("app", "web"))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("web:1")
                .endContainer()
                .endSpec()
                .build();
    }
}

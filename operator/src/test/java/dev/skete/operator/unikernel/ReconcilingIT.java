package dev.skete.operator.unikernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skete.api.Unikernel;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import dev.skete.e2e.controlplane.Controllers;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@ControlPlaneTest(controllers = Controllers.WORKLOADS)
class ReconcilingIT {
    private static RunningOperator operator;

    @BeforeAll
    static void start(ControlPlane controlPlane) {
        operator = new RunningOperator(controlPlane.adminConfig());
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @Test
    void helloGetsItsChildren(ControlPlane controlPlane, KubernetesClient admin) {
        var namespace = controlPlane.newNamespace();
        admin.resource(Given.runtime("plain")).serverSideApply();
        admin.resource(Given.hello(namespace, "plain")).create();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(admin.resources(Deployment.class)
                            .inNamespace(namespace)
                            .withName("hello")
                            .get())
                    .isNotNull();
            assertThat(admin.resources(Service.class)
                            .inNamespace(namespace)
                            .withName("hello")
                            .get())
                    .isNotNull();
            assertThat(admin.resources(PodDisruptionBudget.class)
                            .inNamespace(namespace)
                            .withName("hello")
                            .get())
                    .isNotNull();
            var uk = admin.resources(Unikernel.class)
                    .inNamespace(namespace)
                    .withName("hello")
                    .get();
            assertThat(uk.getStatus()).isNotNull();
            assertThat(uk.getStatus().replicas()).isEqualTo(2);
        });
    }
}

package dev.skete.operator.unikernel;

import static dev.skete.operator.unikernel.Scene.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionReason;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import dev.skete.e2e.controlplane.Controllers;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@ControlPlaneTest(controllers = Controllers.WORKLOADS)
class PackagedOperatorIT {
    @BeforeAll
    static void permit(KubernetesClient admin) {
        ChartPermissions.install(admin);
    }

    @Test
    void worksAsItIsShipped(ControlPlane controlPlane) throws Exception {
        try (var operator = PackagedOperator.start(controlPlane, "operator-alone")) {
            var scene = Scene.hello(controlPlane);
            scene.awaitReady(ConditionReason.Progressing);
            scene.deleteRuntime();
            scene.awaitReady(ConditionReason.RuntimeNotFound);

            eventually(
                    "it is healthy", () -> assertThat(operator.get("/q/health")).contains("\"unikernel\": \"OK\""));
            assertThat(operator.get("/q/metrics"))
                    .contains("operator_sdk_reconciliations", "kind=\"Unikernel\"")
                    .doesNotContain("hello", scene.namespace());
            assertThat(operator.log())
                    .contains(scene.namespace() + "/hello RuntimeNotFound: ")
                    .doesNotContain("Exception", " ERROR ");
            assertThat(operator.residentMebibytes()).isLessThanOrEqualTo(256);
            assertThat(operator.endsWhenAsked()).isTrue();
        }
    }

    @Test
    void anotherTakesOverWhenTheLeaderIsKilled(ControlPlane controlPlane, KubernetesClient admin) throws Exception {
        try (var first = PackagedOperator.start(controlPlane, "operator-1")) {
            eventually("the first leads", () -> assertThat(leader(admin)).isEqualTo("operator-1"));
            try (var second = PackagedOperator.start(controlPlane, "operator-2")) {
                var scene = Scene.hello(controlPlane);
                eventually(
                        "the second waits, and is healthy",
                        () -> assertThat(second.get("/q/health")).contains("UP"));
                first.kill();
                scene.patch("{\"spec\":{\"replicas\":3}}");

                eventually(
                        "the second acts",
                        () -> assertThat(scene.deployment().getSpec().getReplicas())
                                .isEqualTo(3));
                assertThat(leader(admin)).isEqualTo("operator-2");
            }
        }
    }

    private static String leader(KubernetesClient admin) {
        return admin.resources(Lease.class)
                .inNamespace("skete-system")
                .withName("skete-operator")
                .require()
                .getSpec()
                .getHolderIdentity();
    }
}

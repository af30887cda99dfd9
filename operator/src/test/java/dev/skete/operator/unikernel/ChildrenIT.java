package dev.skete.operator.unikernel;

import static dev.skete.operator.unikernel.Scene.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionReason;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import dev.skete.e2e.controlplane.Controllers;
import dev.skete.operator.unikernel.compile.Marks;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of the objects that a Unikernel is compiled to: changed by others, refused, in the way, or no longer asked for. */
@ControlPlaneTest(controllers = Controllers.WORKLOADS)
class ChildrenIT {
    @RegisterExtension
    private static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void manualChangesAreTakenBack(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);

        scene.admin()
                .apps()
                .deployments()
                .inNamespace(scene.namespace())
                .withName("hello")
                .scale(7);
        scene.patch(Service.class, "{\"spec\":{\"selector\":{\"skete.dev/unikernel\":\"other\"}}}");
        scene.admin().resource(scene.existing(PodDisruptionBudget.class)).delete();

        eventually("all is as before", () -> {
            assertThat(scene.deployment().getSpec().getReplicas()).isEqualTo(2);
            assertThat(scene.existing(Service.class).getSpec().getSelector())
                    .containsEntry("skete.dev/unikernel", "hello");
            assertThat(scene.child(PodDisruptionBudget.class)).isNotNull();
        });
    }

    @Test
    void aChildWithoutOurLabelIsTakenBackToo(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);

        scene.patch(Deployment.class, "{\"metadata\":{\"labels\":{\"app.kubernetes.io/managed-by\":null}}}");

        eventually(
                "the label is back",
                () -> assertThat(scene.deployment().getMetadata().getLabels())
                        .containsEntry("app.kubernetes.io/managed-by", "skete"));
    }

    @Test
    void childrenGoWhenNothingAsksForThem(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);

        scene.patch("{\"spec\":{\"ports\":null,\"replicas\":1}}");

        eventually(
                "only the Deployment is left",
                () -> assertThat(scene.children()).singleElement().isInstanceOf(Deployment.class));
        eventually(
                "the status knows",
                () -> assertThat(scene.unikernel().getStatus().endpoint()).isNull());
    }

    @Test
    void deletionLeavesNothingBehind(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);

        scene.admin().resource(scene.unikernel()).delete();

        eventually("children and pods are gone", () -> {
            assertThat(scene.children()).isEmpty();
            assertThat(scene.pods()).isEmpty();
        });
    }

    @Test
    void aUnikernelMayBeDeletedAndCreatedAtOnce(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);
        scene.admin().resource(scene.unikernel()).delete();

        scene.createHello();

        eventually(
                "the children are its own",
                () -> assertThat(scene.children())
                        .hasSize(3)
                        .allSatisfy(c ->
                                assertThat(Marks.controls(scene.unikernel(), c)).isTrue()));
    }

    @Test
    void anotherOnesServiceIsLeftAlone(ControlPlane controlPlane) {
        var scene = Scene.empty(controlPlane);
        var foreign = scene.admin().resource(service(scene.namespace())).create();
        scene.createRuntime();
        scene.createHello();

        scene.awaitReady(ConditionReason.NameConflict);

        assertThat(scene.ready().getMessage())
                .contains("A Service hello exists that does not belong to this Unikernel");
        assertThat(scene.child(Service.class)).isEqualTo(foreign);
        assertThat(scene.children()).hasSize(1);
    }

    @Test
    void podsThatTheApiServerRefusesAreTold(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);

        scene.patch("{\"spec\":{\"pod\":{\"priorityClassName\":\"nobody-has-it\"}}}");

        scene.awaitReady(ConditionReason.ChildRefused);
        assertThat(scene.ready().getMessage()).contains("no PriorityClass with name nobody-has-it");
    }

    @Test
    void aChildThatTheApiServerRefusesIsTold(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);

        scene.patch("{\"spec\":{\"pod\":{\"tolerations\":[{\"operator\":\"Sometimes\"}]}}}");

        scene.awaitReady(ConditionReason.ChildRefused);
        assertThat(scene.ready().getMessage()).contains("The API server refuses the Deployment", "Sometimes");
    }

    private static Service service(String namespace) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("hello")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }
}

package dev.skete.operator.unikernel;

import static dev.skete.operator.unikernel.Scene.eventually;
import static dev.skete.operator.unikernel.Scene.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.Accelerator;
import dev.skete.api.ConditionReason;
import dev.skete.api.ConditionType;
import dev.skete.api.Unikernel;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import dev.skete.e2e.controlplane.Controllers;
import dev.skete.operator.unikernel.compile.Marks;
import dev.skete.operator.unikernel.status.Statuses;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The reconciler against a real API server with Kubernetes' own workload controllers. There is no node: tests play the kubelet. */
@ControlPlaneTest(controllers = Controllers.WORKLOADS)
class ReconcilingIT {
    private static final String READY_POD = """
            {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}],
             "containerStatuses": [{"name": "guest", "image": "i", "imageID": "i", "ready": true, "restartCount": 0,
                                    "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}}]}""";

    @RegisterExtension
    private static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void helloBecomesReadyWhenItsGuestsAre(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);
        scene.awaitReady(ConditionReason.Progressing);
        eventually("there are two pods", () -> assertThat(scene.pods()).hasSize(2));

        scene.kubeletSays(READY_POD);

        scene.awaitReady(ConditionReason.AllGuestsReady);
        var status = scene.unikernel().getStatus();
        assertThat(status.readyReplicas()).isEqualTo(2);
        assertThat(status.endpoint()).isEqualTo("hello." + scene.namespace() + ".svc:80");
        assertThat(status.guests()).hasSize(2);
        assertThat(Statuses.condition(status, ConditionType.Reconciling)).isEmpty();
        eventually(
                "events tell of it",
                () -> assertThat(scene.admin()
                                .resources(Event.class)
                                .inNamespace(scene.namespace())
                                .list()
                                .getItems())
                        .filteredOn(e -> "skete.dev/operator".equals(e.getReportingController()))
                        .extracting(Event::getReason)
                        .contains("Created", "AcceleratorChosen", "AllGuestsReady"));
    }

    @Test
    void aGuestThatRunsAndIsNotReadyInTimeIsToldWithoutAnyEventAndForgottenWhenItIs(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);
        scene.patch("{\"spec\":{\"replicas\":1,\"startupDeadlineSeconds\":6}}");
        eventually("there is one pod", () -> assertThat(scene.pods()).hasSize(1));
        scene.awaitReady(ConditionReason.Progressing);

        scene.kubeletSays("""
                {"phase": "Running", "conditions": [{"type": "skete.dev/GuestRunning", "status": "True", "reason": "Running"}],
                 "containerStatuses": [{"name": "guest", "image": "i", "imageID": "i", "ready": false, "restartCount": 0, "started": true,
                                        "state": {"running": {"startedAt": "%s"}}}]}""".formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS)));

        scene.awaitReady(ConditionReason.StartupDeadlineExceeded);
        assertThat(scene.ready().getMessage()).contains("6 s after its start", "spec.startupDeadlineSeconds");
        assertThat(scene.pods())
                .singleElement()
                .satisfies(
                        p -> assertThat(p.getMetadata().getDeletionTimestamp()).isNull());
        scene.kubeletSays(READY_POD);
        scene.awaitReady(ConditionReason.AllGuestsReady);
    }

    @Test
    void whyVolumesCannotBeMountedIsReadFromTheKubeletsEvents(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);
        scene.patchRuntime("{\"spec\":{\"files\":\"FwCfg\"}}");
        scene.patch("{\"spec\":{\"volumes\":[{\"name\":\"kek\",\"secret\":{\"secretName\":\"kek\"}}],"
                + "\"volumeMounts\":[{\"name\":\"kek\",\"mountPath\":\"/kek\"}],\"replicas\":1}}");
        eventually(
                "a pod has the volume",
                () -> assertThat(scene.pods())
                        .anySatisfy(p -> assertThat(p.getSpec().getVolumes()).isNotEmpty()));

        scene.kubeletSays(
                "{\"phase\": \"Pending\", \"conditions\": [{\"type\": \"PodReadyToStartContainers\", \"status\": \"False\","
                        + " \"lastTransitionTime\": \"2026-01-01T00:00:00Z\"}],"
                        + " \"containerStatuses\": [{\"name\": \"guest\", \"image\": \"i\", \"imageID\": \"\", \"ready\": false,"
                        + " \"restartCount\": 0, \"state\": {\"waiting\": {\"reason\": \"ContainerCreating\"}}}]}");
        scene.kubeletTells("FailedMount", "MountVolume.SetUp failed for volume \"kek\" : secret \"kek\" not found");

        scene.awaitReady(ConditionReason.VolumeUnavailable);
        assertThat(scene.ready().getMessage())
                .contains("secret \"kek\" not found", "Create what spec.volumes refers to");
    }

    @Test
    void nothingIsWrittenWhenNothingChanges(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);
        eventually(
                "both pods are in the status",
                () -> assertThat(scene.unikernel().getStatus().guests()).hasSize(2));
        scene.patch(Deployment.class, "{\"metadata\":{\"labels\":{\"somebody\":\"else\"}}}");
        var before = scene.versions();

        patiently("no version moves")
                .during(Duration.ofSeconds(5))
                .until(() -> scene.versions().equals(before));
        assertThat(scene.deployment().getMetadata().getLabels()).containsEntry("somebody", "else");
    }

    @Test
    void aUnikernelWaitsForItsRuntime(ControlPlane controlPlane) {
        var scene = Scene.empty(controlPlane);
        scene.createHello();
        scene.awaitReady(ConditionReason.RuntimeNotFound);
        assertThat(scene.children()).isEmpty();

        scene.createRuntime();

        scene.awaitReady(ConditionReason.Progressing);
        assertThat(scene.deployment()).isNotNull();
    }

    @Test
    void aChangedRuntimeRollsItsUsers(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);
        var before = template(scene);

        scene.patchRuntime("{\"spec\":{\"boot\":{\"kernel\":\"/other\"}}}");

        eventually("the template changes", () -> assertThat(template(scene)).isNotEqualTo(before));
    }

    @Test
    void whatAnEarlierOperatorCompiledStaysUntilSomebodyAsks(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);
        var asked = scene.deployment().getMetadata().getAnnotations().get("skete.dev/asked");
        scene.patch(Deployment.class, """
                {"metadata": {"annotations": {"skete.dev/template": "of an earlier operator"}},
                 "spec": {"template": {"spec": {"terminationGracePeriodSeconds": 7}}}}""");

        scene.patch("{\"spec\":{\"replicas\":3}}");
        eventually(
                "the Deployment follows",
                () -> assertThat(scene.deployment().getSpec().getReplicas()).isEqualTo(3));
        assertThat(gracePeriod(scene)).isEqualTo(7);

        scene.patch(Deployment.class, "{\"metadata\":{\"annotations\":{\"skete.dev/asked\":null}}}");
        eventually("what this operator compiles", () -> {
            assertThat(gracePeriod(scene)).isEqualTo(30);
            assertThat(scene.deployment().getMetadata().getAnnotations()).containsEntry("skete.dev/asked", asked);
        });
    }

    private static long gracePeriod(Scene scene) {
        return scene.deployment().getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds();
    }

    @Test
    void guestsOutliveTheirRuntime(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);
        eventually(
                "pods are in the status",
                () -> assertThat(scene.unikernel().getStatus().guests()).isNotEmpty());

        scene.deleteRuntime();

        scene.awaitReady(ConditionReason.RuntimeNotFound);
        assertThat(scene.ready().getMessage()).endsWith("Its guests keep running as they are.");
        assertThat(scene.children()).hasSize(3);
    }

    @Test
    void theScaleSubresourceScales(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);

        scene.admin()
                .resources(Unikernel.class)
                .inNamespace(scene.namespace())
                .withName("hello")
                .scale(5);

        eventually(
                "the Deployment follows",
                () -> assertThat(scene.deployment().getSpec().getReplicas()).isEqualTo(5));
        eventually(
                "the status counts",
                () -> assertThat(scene.unikernel().getStatus().replicas()).isEqualTo(5));
    }

    @Test
    void guestsThatRunNowhereYetMoveToANewNodesKvm(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);
        assertThat(scene.unikernel().getStatus().accelerator()).isEqualTo(Accelerator.Emulation);
        var node = scene.admin().resource(node()).create();

        try {
            scene.admin()
                    .resource(node)
                    .editStatus(n -> new NodeBuilder(n)
                            .editOrNewStatus()
                            .addToCapacity("skete.dev/kvm", new Quantity("110"))
                            .endStatus()
                            .build());

            eventually(
                    "KVM is chosen",
                    () -> assertThat(scene.unikernel().getStatus().accelerator())
                            .isEqualTo(Accelerator.KVM));
        } finally {
            scene.admin().resource(node).delete();
        }
    }

    @Test
    void anOperatorThatWasAwayCatchesUp(ControlPlane controlPlane) {
        var scene = Scene.hello(controlPlane);
        OPERATOR.stop();
        scene.patch("{\"spec\":{\"replicas\":3,\"ports\":null}}");
        scene.admin().resource(scene.existing(PodDisruptionBudget.class)).delete();

        OPERATOR.start();

        eventually("what was missed is done", () -> {
            assertThat(scene.deployment().getSpec().getReplicas()).isEqualTo(3);
            assertThat(scene.child(Service.class)).isNull();
            assertThat(scene.child(PodDisruptionBudget.class)).isNotNull();
        });
    }

    private static String template(Scene scene) {
        return Marks.annotation(scene.deployment(), Marks.TEMPLATE).orElseThrow();
    }

    private static Node node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("with-kvm")
                .endMetadata()
                .build();
    }
}

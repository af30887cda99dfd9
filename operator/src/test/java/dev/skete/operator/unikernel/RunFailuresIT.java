package dev.skete.operator.unikernel;

import static dev.skete.operator.unikernel.Scene.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionReason;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import dev.skete.e2e.controlplane.Controllers;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What counts as a failure of a run, by Kubernetes' own Job controller. Tests play the kubelet. */
@ControlPlaneTest(controllers = Controllers.WORKLOADS)
class RunFailuresIT {
    private static final String REFUSED = "{\"phase\": \"Failed\", \"reason\": \"UnexpectedAdmissionError\"}";

    private static final String ENDED = """
            {"phase": "Failed", "containerStatuses": [{"name": "guest", "image": "i", "imageID": "i", "ready": false, "restartCount": 0,
              "state": {"terminated": {"exitCode": 7, "startedAt": "2026-01-01T00:00:00Z", "finishedAt": "2026-01-01T00:00:01Z"}}}]}""";

    @RegisterExtension
    private static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void aRunThatMayNotFailSurvivesARefusalAndEndsWithItsGuest(ControlPlane controlPlane) {
        var scene = running(controlPlane, "job: {backoffLimit: 0}");

        scene.kubeletSays(REFUSED);
        eventually("another guest is started", () -> assertThat(scene.pods()).hasSize(2));
        assertThat(scene.ready().getReason()).isNotEqualTo(ConditionReason.BackoffLimitExceeded.name());

        scene.kubeletSays(ENDED);
        scene.awaitReady(ConditionReason.BackoffLimitExceeded);
        assertThat(scene.ready().getMessage())
                .startsWith("The run failed: a guest did, and spec.job.backoffLimit is 0.")
                .contains("exit code 7");
        assertThat(scene.pods()).as("no other try").hasSize(2);
    }

    @Test
    void aRefusalTakesNoRetryAway(ControlPlane controlPlane) {
        var scene = running(controlPlane, "job: {backoffLimit: 1}");

        scene.kubeletSays(REFUSED);

        eventually(
                "one failure more is allowed",
                () -> assertThat(scene.existing(Job.class).getSpec().getBackoffLimit())
                        .isEqualTo(2));
        eventually(
                "the refusal was counted",
                () -> assertThat(scene.existing(Job.class).getStatus().getFailed())
                        .isEqualTo(1));
    }

    private static Scene running(ControlPlane controlPlane, String options) {
        var scene = Scene.run(controlPlane, options);
        eventually("there is a pod", () -> assertThat(scene.pods()).hasSize(1));
        return scene;
    }
}

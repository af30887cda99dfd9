package dev.skete.operator.unikernel;

import static dev.skete.operator.unikernel.Scene.eventually;
import static dev.skete.operator.unikernel.Scene.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionReason;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import dev.skete.e2e.controlplane.Controllers;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run happens once, whatever becomes of its Job, its runtime or the operator. Tests play the kubelet. */
@ControlPlaneTest(controllers = Controllers.WORKLOADS)
class RunsIT {
    @RegisterExtension
    private static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void aJobThatIsOverDoesNotRunAgain(ControlPlane controlPlane) {
        var scene = Scene.run(controlPlane, "job: {}");
        eventually("there is a pod", () -> assertThat(scene.pods()).hasSize(1));
        scene.kubeletSays("{\"phase\": \"Succeeded\"}");
        scene.awaitReady(ConditionReason.Completed);

        scene.admin().resource(scene.existing(Job.class)).delete();

        eventually("the Job is gone", () -> assertThat(scene.children()).isEmpty());
        patiently("it stays gone")
                .during(Duration.ofSeconds(3))
                .until(() -> scene.children().isEmpty());
        scene.awaitReady(ConditionReason.Completed);
    }

    @Test
    void aRunThatEndsWhileTheOperatorIsAwayIsNotRepeated(ControlPlane controlPlane) {
        var scene = Scene.run(controlPlane, "job: {ttlSecondsAfterFinished: 0}");
        eventually("there is a pod", () -> assertThat(scene.pods()).hasSize(1));
        var first = scene.existing(Job.class).getMetadata().getUid();
        OPERATOR.stop();
        scene.kubeletSays("{\"phase\": \"Succeeded\"}");
        eventually(
                "the Job is over, and kept",
                () -> assertThat(scene.existing(Job.class).getStatus().getConditions())
                        .anyMatch(c -> c.getType().equals("Complete")));
        assertThat(scene.existing(Job.class).getMetadata().getUid()).isEqualTo(first);

        OPERATOR.start();

        scene.awaitReady(ConditionReason.Completed);
        eventually(
                "its time to live counts",
                () -> assertThat(scene.children())
                        .allSatisfy(job -> assertThat(((Job) job).getSpec().getTtlSecondsAfterFinished())
                                .isZero()));
        patiently("nothing runs again")
                .during(Duration.ofSeconds(3))
                .until(() -> scene.children().stream()
                        .allMatch(job -> first.equals(job.getMetadata().getUid())));
    }

    @Test
    void aSuspendedRunGoesOnAlthoughItsRuntimeChanged(ControlPlane controlPlane) {
        var scene = Scene.run(controlPlane, "job: {suspend: true}");
        scene.awaitReady(ConditionReason.Suspended);
        scene.patchRuntime("{\"spec\":{\"boot\":{\"kernel\":\"/other\"}}}");
        var before = scene.existing(Job.class).getSpec().getTemplate();

        scene.patch("{\"spec\":{\"job\":{\"suspend\":false}}}");

        eventually("it runs", () -> assertThat(scene.pods()).hasSize(1));
        assertThat(scene.existing(Job.class).getSpec().getTemplate().getSpec()).isEqualTo(before.getSpec());
    }
}

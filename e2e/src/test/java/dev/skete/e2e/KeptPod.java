package dev.skete.e2e;

import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A pod that stays readable after it was deleted, until this is closed: else nobody could see how it ended. */
public record KeptPod(Sandbox sandbox, String name) implements AutoCloseable {
    private static final String FINALIZER = "skete.dev/e2e";

    public static KeptPod of(Sandbox sandbox, Pod pod) {
        var kept = new KeptPod(sandbox, pod.getMetadata().getName());
        kept.edit(builder -> builder.editMetadata().addToFinalizers(FINALIZER).endMetadata());
        return kept;
    }

    public void delete() {
        sandbox.kubectl("delete", "pod", name, "--wait=false").run();
    }

    public ContainerStateTerminated awaitEnd() {
        return sandbox.await("the end of " + name, () -> state().getTerminated(), Objects::nonNull);
    }

    private ContainerState state() {
        return pod().getStatus().getContainerStatuses().getFirst().getState();
    }

    public Pod pod() {
        return sandbox.client()
                .pods()
                .inNamespace(sandbox.namespace())
                .withName(name)
                .require();
    }

    /** A Job's pods have a finalizer of the Job's, without which it does not count them. Kubelet and agent write too: who is second tries again. */
    private void edit(UnaryOperator<PodBuilder> change) {
        sandbox.await(
                "the finalizers of " + name,
                () -> sandbox.client()
                        .pods()
                        .inNamespace(sandbox.namespace())
                        .withName(name)
                        .edit(pod -> change.apply(new PodBuilder(pod)).build()),
                Objects::nonNull);
    }

    @Override
    public void close() {
        edit(builder -> builder.editMetadata().removeFromFinalizers(FINALIZER).endMetadata());
    }
}

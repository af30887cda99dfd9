package dev.skete.e2e;

import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;

/** A pod that stays readable after it was deleted, until this is closed: else nobody could see how it ended. */
public record KeptPod(Sandbox sandbox, String name) implements AutoCloseable {

    public static KeptPod of(Sandbox sandbox, Pod pod) {
        var kept = new KeptPod(sandbox, pod.getMetadata().getName());
        kept.patch("{\"metadata\":{\"finalizers\":[\"skete.dev/e2e\"]}}");
        return kept;
    }

    public void delete() {
        sandbox.kubectl("delete", "pod", name, "--wait=false").run();
    }

    public ContainerStateTerminated awaitEnd() {
        return sandbox.await("the end of " + name, () -> state().getTerminated(), Objects::nonNull);
    }

    String log() {
        return sandbox.log(pod());
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

    private void patch(String fields) {
        sandbox.kubectl("patch", "pod", name, "--type=merge", "-p", fields).run();
    }

    @Override
    public void close() {
        patch("{\"metadata\":{\"finalizers\":null}}");
    }
}

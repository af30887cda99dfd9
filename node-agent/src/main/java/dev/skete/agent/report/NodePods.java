package dev.skete.agent.report;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** This node's pods, by UID. Starts without an API server and catches up when there is one. */
public final class NodePods implements AutoCloseable {
    private final Map<String, KnownPod> byUid = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Pod> informer;

    /**
     * A watch, not started yet.
     *
     * @param onPod is given the UID of every pod that appears; must not block
     */
    public NodePods(KubernetesClient client, String nodeName, Consumer<String> onPod) {
        this.informer = client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", nodeName)
                .runnableInformer(0);
        // Without end: an API server that is away comes back.
        informer.exceptionHandler((_, _) -> true);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                remember(pod);
                onPod.accept(pod.getMetadata().getUid());
            }

            @Override
            public void onUpdate(Pod old, Pod pod) {
                remember(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean finalStateUnknown) {
                byUid.remove(pod.getMetadata().getUid());
            }
        });
    }

    void remember(Pod pod) {
        byUid.put(pod.getMetadata().getUid(), KnownPod.of(pod));
    }

    public void start() {
        var _ = informer.start();
    }

    Optional<KnownPod> find(String uid) {
        return Optional.ofNullable(byUid.get(uid));
    }

    @Override
    public void close() {
        informer.stop();
    }
}

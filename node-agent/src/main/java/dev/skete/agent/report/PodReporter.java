package dev.skete.agent.report;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes guests' conditions to their pods, on one thread, for as long as it takes. Nothing waits for it. */
public final class PodReporter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PodReporter.class);
    private static final int MAX_WAITING = 1024;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final LatestConditions waiting = new LatestConditions(MAX_WAITING);
    private final PodStatusApi api;
    /** What was last written to each pod. The reporter's thread alone uses it. */
    private final Map<String, GuestCondition> said = new HashMap<>();

    private @Nullable Thread thread;

    public PodReporter(PodStatusApi api) {
        this.api = api;
    }

    /** Hands over a condition; it replaces one of the same pod that still waits. */
    public void report(String podUid, GuestCondition condition) {
        waiting.put(podUid, condition);
    }

    /** Says that a pod has become known, so that what waits for it can be written. */
    public void podAppeared(String podUid) {
        waiting.wake();
    }

    public void start(NodePods pods) {
        thread = Thread.ofPlatform().name("pod-reporter").daemon().start(() -> run(pods));
    }

    private void run(NodePods pods) {
        var retry = FIRST_RETRY;
        try {
            while (true) {
                var next = waiting.take(uid -> pods.find(uid).isPresent());
                if (written(pods, next)) {
                    retry = FIRST_RETRY;
                } else {
                    waiting.putBack(next);
                    Thread.sleep(retry);
                    retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether this condition needs no further try. */
    private boolean written(NodePods pods, LatestConditions.Entry entry) {
        var pod = pods.find(entry.podUid());
        if (pod.isEmpty() || isSaid(pod.get(), entry.condition())) {
            return true;
        }
        try {
            pods.remember(api.write(pod.get(), entry.condition()));
            said.keySet().removeIf(uid -> pods.find(uid).isEmpty());
            said.put(entry.podUid(), entry.condition());
            api.announce(pod.get(), entry.condition());
            LOG.debugf("pod %s/%s: %s", pod.get().namespace(), pod.get().name(), entry.condition());
            return true;
        } catch (KubernetesClientException e) {
            if (isFinal(e.getCode())) {
                LOG.warnf(
                        "pod %s/%s: condition not written: %s",
                        pod.get().namespace(), pod.get().name(), e.getMessage());
                return true;
            }
            LOG.debugf(e, "the API server is away; %s waits", entry.podUid());
            return false;
        }
    }

    /** The watch may lag behind what was just written, so it only counts for pods this agent has not written to. */
    private boolean isSaid(KnownPod pod, GuestCondition condition) {
        var last = said.get(pod.uid());
        return last == null ? pod.says(condition) : last.equals(condition);
    }

    /** The pod is gone or was replaced, or the request can never succeed; asking again would not help. */
    private static boolean isFinal(int code) {
        return switch (code) {
            case HttpURLConnection.HTTP_NOT_FOUND,
                    HttpURLConnection.HTTP_CONFLICT,
                    HttpURLConnection.HTTP_FORBIDDEN,
                    422 -> true;
            default -> false;
        };
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}

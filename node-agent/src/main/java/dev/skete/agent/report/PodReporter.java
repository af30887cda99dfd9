package dev.skete.agent.report;

import dev.skete.agent.linux.Libc;
import dev.skete.agent.linux.LinuxException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes guests' conditions to their pods, on one thread, for as long as it takes. Nothing waits for it. */
public final class PodReporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodReporter.class);
    private static final int MAX_WAITING = 1024;
    private static final int UNPROCESSABLE = 422;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final LatestConditions waiting = new LatestConditions(MAX_WAITING);
    /** What was last written to each pod. The reporter's thread alone uses it; a pod that falls out is read again. */
    private final Map<PodRef, Reported> said = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PodRef, Reported> eldest) {
            return size() > MAX_WAITING;
        }
    };

    private @Nullable Thread thread;

    /** Hands over a condition; it replaces one of the same pod that still waits. */
    public void report(GuestNews news) {
        waiting.put(news);
    }

    /** Begins to write; what was handed over before waits for this. */
    public void start(PodStatusApi api) {
        thread = Thread.ofPlatform().name("pod-reporter").daemon().start(() -> run(api));
    }

    private void run(PodStatusApi api) {
        var retry = FIRST_RETRY;
        giveWay();
        try {
            while (true) {
                var next = waiting.take();
                if (isDealtWith(api, next)) {
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

    /** To launches, and to guests that are taken over: the client's first words, with TLS, take a third of a second of CPU. */
    private static void giveWay() {
        try {
            Libc.giveWay(0);
        } catch (LinuxException e) {
            LOG.debug("reports do not give way", e);
        }
    }

    /** One pod's trouble must not end the reports of all others. */
    private boolean isDealtWith(PodStatusApi api, GuestNews news) {
        try {
            return written(api, news);
        } catch (RuntimeException e) {
            LOG.error("pod {}: condition not written", news.pod(), e);
            return true;
        }
    }

    /** Whether this condition needs no further try. */
    private boolean written(PodStatusApi api, GuestNews news) {
        var pod = news.pod();
        var condition = news.condition();
        try {
            var before = Optional.ofNullable(said.get(pod)).or(() -> news.first() ? Optional.empty() : api.read(pod));
            if (before.filter(b -> b.says(condition)).isEmpty()) {
                said.put(pod, api.write(pod, condition, before));
                api.announce(pod, condition);
                LOG.debug("pod {}: {}", pod, condition);
            }
            return true;
        } catch (KubernetesClientException e) {
            return isFinal(pod, e);
        }
    }

    /** Whether asking again would not help. */
    private static boolean isFinal(PodRef pod, KubernetesClientException e) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT -> {
                LOG.debug("pod {} is gone or was replaced; nobody is left to be told", pod);
                yield true;
            }
            case HttpURLConnection.HTTP_FORBIDDEN, UNPROCESSABLE -> {
                LOG.warn("pod {}: condition not written: {}", pod, e.getMessage());
                yield true;
            }
            default -> {
                LOG.debug("the API server is away; {} waits", pod, e);
                yield false;
            }
        };
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}

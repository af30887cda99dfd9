package dev.skete.agent.report;

import dev.skete.api.GuestReason;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** All that the agent asks of the API: to read and write one condition of a pod, and an event on it. */
public final class PodStatusApi {
    private static final String COMPONENT = "skete-node-agent";

    private final KubernetesClient client;
    private final String nodeName;
    private final Clock clock;

    public PodStatusApi(KubernetesClient client, String nodeName, Clock clock) {
        this.client = client;
        this.nodeName = nodeName;
        this.clock = clock;
    }

    /** What the API server has now; nothing if the pod has no such condition, or is not there. */
    Optional<Reported> read(PodRef pod) {
        return Optional.ofNullable(client.pods()
                        .inNamespace(pod.namespace())
                        .withName(pod.name())
                        .get())
                .flatMap(found -> found.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals(GuestReason.CONDITION_TYPE))
                        .findFirst())
                .map(Reported::of);
    }

    /**
     * Sets the guest's condition and nothing else: conditions merge by type, so the kubelet's own are left alone. The UID in the patch makes
     * the API server refuse it if the pod of that name is another.
     */
    Reported write(PodRef pod, GuestCondition wanted, Optional<Reported> before) {
        var since = before.filter(b -> b.status().equals(wanted.status().name()))
                .map(Reported::since)
                .orElseGet(this::now);
        var condition = new PodConditionBuilder()
                .withType(GuestReason.CONDITION_TYPE)
                .withStatus(wanted.status().name())
                .withReason(wanted.reason().name())
                .withMessage(wanted.message())
                .withLastTransitionTime(since)
                .build();
        var patch = new PodBuilder()
                .withNewMetadata()
                .withUid(pod.uid())
                .endMetadata()
                .withNewStatus()
                .withConditions(condition)
                .endStatus()
                .build();
        client.pods()
                .inNamespace(pod.namespace())
                .withName(pod.name())
                .subresource("status")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), Serialization.asJson(patch));
        return Reported.of(wanted, since);
    }

    /** Tells the same as an event, unless it is what everybody expects: the kubelet has an event for each start. */
    void announce(PodRef pod, GuestCondition condition) {
        if (condition.reason() == GuestReason.Running) {
            return;
        }
        var now = now();
        client.v1()
                .events()
                .inNamespace(pod.namespace())
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withGenerateName(pod.name() + ".")
                        .withNamespace(pod.namespace())
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withNamespace(pod.namespace())
                        .withName(pod.name())
                        .withUid(pod.uid())
                        .endInvolvedObject()
                        .withType(condition.reason() == GuestReason.ShutDown ? "Normal" : "Warning")
                        .withReason(condition.reason().name())
                        .withMessage(condition.message())
                        .withFirstTimestamp(now)
                        .withLastTimestamp(now)
                        .withCount(1)
                        .withNewSource(COMPONENT, nodeName)
                        .withReportingComponent(COMPONENT)
                        .withReportingInstance(nodeName)
                        .build())
                .create();
    }

    private String now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

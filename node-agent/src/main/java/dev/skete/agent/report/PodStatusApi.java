package dev.skete.agent.report;

import dev.skete.api.GuestReason;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The two writes the agent makes to the API: one condition of a pod, and an event on it. */
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

    /**
     * Sets the guest's condition and nothing else: conditions merge by type, so the kubelet's own are left alone. The UID in the patch makes
     * the API server refuse it if the pod was replaced by another of the same name.
     *
     * @return the pod as it is now
     */
    Pod write(KnownPod pod, GuestCondition wanted) {
        var condition = new PodConditionBuilder()
                .withType(GuestReason.CONDITION_TYPE)
                .withStatus(wanted.status().name())
                .withReason(wanted.reason().name())
                .withMessage(wanted.message())
                .withLastTransitionTime(transitionTime(pod, wanted))
                .build();
        var patch = new PodBuilder()
                .withNewMetadata()
                .withUid(pod.uid())
                .endMetadata()
                .withNewStatus()
                .withConditions(condition)
                .endStatus()
                .build();
        return client.pods()
                .inNamespace(pod.namespace())
                .withName(pod.name())
                .subresource("status")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), Serialization.asJson(patch));
    }

    private String transitionTime(KnownPod pod, GuestCondition wanted) {
        return pod.condition()
                .filter(has -> has.getStatus().equals(wanted.status().name()))
                .map(has -> has.getLastTransitionTime())
                .orElseGet(this::now);
    }

    /** Tells the same as an event, unless it is what everybody expects: the kubelet has an event for each start. */
    void announce(KnownPod pod, GuestCondition condition) {
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

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
import java.util.Optional;

/**
 * All that the agent asks of the API: to read and write one condition of a pod, and an event on it. What a stolen agent could do with its
 * token beyond that, RBAC and an admission policy refuse (docs/security.md).
 */
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
     * What the API server has now; nothing if the pod has no such condition. Asked by a patch that changes nothing: the admission policy
     * binds patches to the agent's own node, which no rule of RBAC can do with reads.
     */
    Optional<Reported> read(PodRef pod) {
        return patched(pod, nothing(pod).build()).getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(GuestReason.CONDITION_TYPE))
                .findFirst()
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
        patched(
                pod,
                nothing(pod)
                        .withNewStatus()
                        .withConditions(condition)
                        .endStatus()
                        .build());
        return Reported.of(wanted, since);
    }

    private static PodBuilder nothing(PodRef pod) {
        return new PodBuilder().withNewMetadata().withUid(pod.uid()).endMetadata();
    }

    /** By the object, not by its name: for a name alone the client would read the pod first, which the agent may not. */
    private Pod patched(PodRef pod, Pod patch) {
        var named = new PodBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .endMetadata()
                .build();
        return client.resource(named)
                .subresource("status")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), Serialization.asJson(patch));
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

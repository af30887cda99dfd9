package dev.skete.agent.report;

import dev.skete.api.GuestReason;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        return patched(pod, null).conditions().stream()
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
        patched(pod, condition);
        return Reported.of(wanted, since);
    }

    /** By the object, not by its name: for a name alone the client would read the pod first, which the agent may not. */
    private ReportedPod patched(PodRef pod, @Nullable PodCondition condition) {
        var uid = new ObjectMetaBuilder().withUid(pod.uid()).build();
        var name = new ObjectMetaBuilder()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .build();
        return client.resources(ReportedPod.class)
                .inNamespace(pod.namespace())
                .resource(ReportedPod.of(name, null))
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        Serialization.asJson(ReportedPod.of(uid, condition)));
    }

    /** Tells the same as an event, unless it is what everybody expects: the kubelet has an event for each start. */
    void announce(PodRef pod, GuestCondition condition) {
        if (condition.reason() == GuestReason.Running) {
            return;
        }
        var now = now();
        client.resource(new EventBuilder()
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

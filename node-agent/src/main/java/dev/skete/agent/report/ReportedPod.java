package dev.skete.agent.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of a pod, what the agent writes and reads. The rest, some hundred kinds of things that a pod can have, is passed over: the classes for
 * all of them would cost the agent 10 MiB.
 */
@Group("")
@Version("v1")
@Kind("Pod")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
// Else the client's own deserializer makes its kind of pod of it.
@JsonDeserialize(using = JsonDeserializer.None.class)
public final class ReportedPod implements HasMetadata, Namespaced {
    private static final long serialVersionUID = 1;

    private String apiVersion = "v1";
    private ObjectMeta metadata = new ObjectMeta();
    private @Nullable Status status;

    /** Its conditions. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Status(@Nullable List<PodCondition> conditions) {}

    static ReportedPod of(ObjectMeta metadata, @Nullable PodCondition condition) {
        var pod = new ReportedPod();
        pod.metadata = metadata;
        pod.status = condition == null ? null : new Status(List.of(condition));
        return pod;
    }

    List<PodCondition> conditions() {
        return status == null || status.conditions() == null ? List.of() : status.conditions();
    }

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    public @Nullable Status getStatus() {
        return status;
    }

    public void setStatus(@Nullable Status status) {
        this.status = status;
    }
}

package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.skete.api.schema.ListType;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Placement and metadata of the guest's pods, in core/v1 Pod's own words. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodOptions(
        @JsonPropertyDescription("Labels for the guest's pods, beside Skete's own.")
        @ValidationRule(
                value =
                        "self.all(k, !k.startsWith('skete.dev/')"
                                + " && !(k in ['app.kubernetes.io/name', 'app.kubernetes.io/managed-by', 'app.kubernetes.io/component']))",
                message =
                        "labels under skete.dev/ and app.kubernetes.io/{name,managed-by,component} belong to Skete: choose another key")
        @Size(max = 64) @Nullable Map<String, @Size(max = 63) String> labels,

        @JsonPropertyDescription("Annotations for the guest's pods.")
        @ValidationRule(
                value = "self.all(k, !k.startsWith('skete.dev/'))",
                message = "annotations under skete.dev/ belong to Skete: choose another key")
        @Size(max = 64) @Nullable Map<String, String> annotations,

        @JsonPropertyDescription("Labels a node must have to run the guest.") @Size(max = 64) @Nullable Map<String, @Size(max = 63) String> nodeSelector,

        @JsonPropertyDescription("Which nodes, and which other pods near by, the guest wants or avoids.") @Nullable Affinity affinity,

        @JsonPropertyDescription("Taints of nodes that the guest puts up with.")
        @ListType(ListType.Kind.ATOMIC)
        @Size(max = 64) @Nullable List<Toleration> tolerations,

        @JsonPropertyDescription("How the guests spread over nodes and zones.")
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"topologyKey", "whenUnsatisfiable"})
        @Size(max = 16) @Nullable List<TopologySpreadConstraint> topologySpreadConstraints,

        @JsonPropertyDescription("Name of the PriorityClass of the guest's pods.") @Size(max = 253) @Nullable String priorityClassName,

        @JsonPropertyDescription("Secrets, in the Unikernel's namespace, with which the kubelet pulls the image.")
        @ListType(value = ListType.Kind.MAP, keys = "name")
        @Size(max = 16) @Nullable List<LocalObjectReference> imagePullSecrets) {}

package dev.skete.api;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Placement and metadata of the guest's pods, in core/v1 Pod's own words. */
public record PodOptions(
        @Nullable Map<String, String> labels,
        @Nullable Map<String, String> annotations,
        @Nullable Map<String, String> nodeSelector,
        @Nullable Affinity affinity,
        @Nullable List<Toleration> tolerations,
        @Nullable List<TopologySpreadConstraint> topologySpreadConstraints,
        @Nullable String priorityClassName,
        @Nullable List<LocalObjectReference> imagePullSecrets) {}

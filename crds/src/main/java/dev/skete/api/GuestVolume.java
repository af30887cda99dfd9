package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import org.jspecify.annotations.Nullable;

/** Data from outside the image; the sources are those of core/v1 Volume. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value =
                "[has(self.configMap), has(self.secret), has(self.downwardAPI), has(self.projected), has(self.persistentVolumeClaim)].filter(x, x).size() == 1",
        message = "a volume needs exactly one of configMap, secret, downwardAPI, projected or persistentVolumeClaim")
public record GuestVolume(
        @JsonPropertyDescription("Name of the volume, unique in the list.")
        @Required
        @ValidationRule(
                value = "self.matches('^[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?$')",
                message =
                        "a volume's name must have at most 20 lowercase letters, digits and '-': guests find disks and shares by it")
        @Size(max = 63) String name,

        @JsonPropertyDescription("A ConfigMap's keys as files.") @Nullable ConfigMapVolumeSource configMap,

        @JsonPropertyDescription("A Secret's keys as files.") @Nullable SecretVolumeSource secret,

        @JsonPropertyDescription("Fields of the pod as files.") @Nullable DownwardAPIVolumeSource downwardAPI,

        @JsonPropertyDescription("Several of these in one directory.") @Nullable ProjectedVolumeSource projected,

        @JsonPropertyDescription(
                "A claim in the Unikernel's namespace: with volumeMode Block for volumeDevices, with volumeMode Filesystem for volumeMounts.")
        @Nullable PersistentVolumeClaimVolumeSource persistentVolumeClaim) {}

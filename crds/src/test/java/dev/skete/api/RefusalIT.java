package dev.skete.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server refuses what cannot work, and says which field it is and what to do. */
@ControlPlaneTest
class RefusalIT {
    /** One line of refusals.yaml. */
    record Refusal(@JsonProperty("case") String name, String manifest, Map<String, Object> change, String says) {
        @Override
        public String toString() {
            return manifest + ": " + name;
        }
    }

    static List<Refusal> refusals() {
        return List.of(Manifest.read("refusals", Refusal[].class));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(Refusal refusal, ControlPlane controlPlane, KubernetesClient admin) {
        GenericKubernetesResource valid = Manifest.valid(refusal.manifest());
        valid.getMetadata().setNamespace(controlPlane.newNamespace());
        var applied = admin.resource(valid).forceConflicts().serverSideApply();
        String change = Serialization.asJson(refusal.change());
        assertThatThrownBy(() -> admin.resource(applied).patch(PatchContext.of(PatchType.JSON_MERGE), change))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(refusal.says());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1st", "dotted.name", "a-name-of-fifty-three-characters-is-longer-than-a-job"})
    void aNameThatDerivedObjectsCannotHaveIsRefused(String name, KubernetesClient admin) {
        GenericKubernetesResource unikernel = Manifest.valid("unikernel");
        unikernel.getMetadata().setNamespace("default");
        unikernel.getMetadata().setName(name);
        assertThatThrownBy(() -> admin.resource(unikernel).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("metadata.name must be at most 52 lowercase letters");
    }

    @Test
    void aManifestWithoutSpecIsRefused(KubernetesClient admin) {
        GenericKubernetesResource unikernel = Manifest.valid("unikernel");
        unikernel.getMetadata().setNamespace("default");
        unikernel.setAdditionalProperties(Map.of());
        assertThatThrownBy(() -> admin.resource(unikernel).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec: Required value");
    }
}

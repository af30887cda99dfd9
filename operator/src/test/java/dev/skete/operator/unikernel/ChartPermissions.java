package dev.skete.operator.unikernel;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Set;

/** The permissions that the chart gives the operator, and the policies that narrow them: what it lacks, a test finds. */
final class ChartPermissions {
    /** Who the operator is in a cluster. */
    static final String OPERATOR = "system:serviceaccount:skete-system:skete-operator";

    private static final Path CHART = Path.of("../helm/skete");
    private static final Set<String> ACCESS = Set.of(
            "ServiceAccount",
            "ClusterRole",
            "ClusterRoleBinding",
            "Role",
            "RoleBinding",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    private ChartPermissions() {}

    static void install(KubernetesClient admin) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("skete-system")
                        .endMetadata()
                        .build())
                .serverSideApply();
        var manifests = new Helm(CHART)
                .template()
                .withName("skete")
                .withNamespace("skete-system")
                .withKubeVersion("v1.34.0")
                .call();
        for (var manifest : manifests.split("(?m)^---$", -1)) {
            if (ACCESS.stream().anyMatch(kind -> manifest.contains("\nkind: " + kind + "\n"))) {
                HasMetadata object = Serialization.unmarshal(manifest);
                admin.resource(object).serverSideApply();
            }
        }
    }
}

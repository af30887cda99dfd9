package dev.skete.operator.unikernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart's RBAC keeps from the operator's account, asked of a real API server. */
@ControlPlaneTest
class OperatorRightsIT {
    private static final String NAMESPACED = "/namespaces/default/";
    private static KubernetesClient operator;

    @BeforeAll
    static void install(ControlPlane controlPlane) {
        ChartPermissions.install(controlPlane.admin());
        operator = new KubernetesClientBuilder()
                .withConfig(controlPlane.configAs(ChartPermissions.OPERATOR))
                .build();
    }

    @AfterAll
    static void close() {
        operator.close();
    }

    @ParameterizedTest(name = "{1} {0}{2}")
    @CsvSource(textBlock = """
            /api/v1, GET, secrets
            /api/v1, GET, secrets/any
            /api/v1, POST, secrets
            /api/v1, GET, configmaps
            /api/v1, POST, configmaps
            /api/v1, GET, serviceaccounts
            /api/v1, POST, serviceaccounts/default/token
            /api/v1, POST, pods
            /api/v1, DELETE, pods/any
            /api/v1, DELETE, pods
            /api/v1, POST, pods/any/exec
            /api/v1, POST, pods/any/attach
            /api/v1, POST, pods/any/eviction
            /api/v1, GET, pods/any/log
            /api/v1, PUT, pods/any/ephemeralcontainers
            /api/v1, PUT, pods/any/status
            /api/v1, POST, persistentvolumeclaims
            /api/v1, DELETE, services
            /apis/apps/v1, POST, daemonsets
            /apis/apps/v1, POST, statefulsets
            /apis/apps/v1, POST, replicasets
            /apis/apps/v1, PUT, deployments/any/scale
            /apis/apps/v1, DELETE, deployments
            /apis/batch/v1, DELETE, jobs
            /apis/rbac.authorization.k8s.io/v1, POST, roles
            /apis/rbac.authorization.k8s.io/v1, POST, rolebindings
            /apis/networking.k8s.io/v1, POST, networkpolicies
            /apis/coordination.k8s.io/v1, POST, leases
            /apis/skete.dev/v1alpha1, POST, unikernels
            /apis/skete.dev/v1alpha1, PUT, unikernels/any
            /apis/skete.dev/v1alpha1, DELETE, unikernels/any
            """)
    void thatIsForbiddenInANamespace(String group, String verb, String resource) {
        forbidden(verb, group + NAMESPACED + resource);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = """
            GET, /api/v1/secrets
            POST, /api/v1/namespaces
            DELETE, /api/v1/namespaces/default
            PUT, /api/v1/nodes/any
            PUT, /api/v1/nodes/any/status
            DELETE, /api/v1/nodes/any
            GET, /api/v1/nodes/any/proxy/metrics
            POST, /api/v1/persistentvolumes
            POST, /apis/skete.dev/v1alpha1/unikernelruntimes
            DELETE, /apis/skete.dev/v1alpha1/unikernelruntimes/any
            POST, /apis/rbac.authorization.k8s.io/v1/clusterroles
            POST, /apis/rbac.authorization.k8s.io/v1/clusterrolebindings
            DELETE, /apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings/skete-operator-guests
            POST, /apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations
            DELETE, /apis/apiextensions.k8s.io/v1/customresourcedefinitions/unikernels.skete.dev
            POST, /apis/certificates.k8s.io/v1/certificatesigningrequests
            DELETE, /apis/coordination.k8s.io/v1/namespaces/skete-system/leases/skete-operator
            PUT, /apis/coordination.k8s.io/v1/namespaces/skete-system/leases/another
            """)
    void thatIsForbiddenInTheCluster(String verb, String path) {
        forbidden(verb, path);
    }

    private static void forbidden(String verb, String path) {
        assertThatThrownBy(() -> operator.raw(path, verb, verb.equals("GET") ? null : "{}"))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403))
                .hasMessageContaining("cannot ");
    }
}

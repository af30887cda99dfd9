package dev.skete.operator.unikernel;

import static dev.skete.operator.unikernel.Scene.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skete.api.Accelerator;
import dev.skete.api.Unikernel;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import dev.skete.operator.unikernel.compile.Compiler;
import dev.skete.operator.unikernel.compile.GuestSeccomp;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody who stole the operator's token, or a fault of the compiler, cannot make of a cluster: the chart's policies on a real API server. That
 * they are not in the operator's own way, the other ITs show: the policies are in force there too.
 */
@ControlPlaneTest
class OperatorPolicyIT {
    private static final String POD = "/spec/template/spec";
    private static KubernetesClient operator;

    private KubernetesClient admin;
    private Unikernel owner;
    private List<HasMetadata> children;

    @BeforeAll
    static void install(ControlPlane controlPlane) {
        ChartPermissions.install(controlPlane.admin());
        operator = new KubernetesClientBuilder()
                .withConfig(controlPlane.configAs(ChartPermissions.OPERATOR))
                .build();
        var namespace = controlPlane.newNamespace();
        awaitRefusal("skete-operator-children", stray(namespace));
        var guests = Given.hello(namespace, "any");
        guests.getMetadata().setUid("any");
        awaitRefusal("skete-operator-guests", withHostPid(workload(compiled(guests))));
    }

    /** The API server learns of a policy a moment after it was made. */
    private static void awaitRefusal(String policy, HasMetadata object) {
        patiently("the API server knows " + policy).until(() -> {
            try {
                operator.resource(object).dryRun().create();
                return false;
            } catch (KubernetesClientException e) {
                return e.getStatus().getMessage().contains(policy);
            }
        });
    }

    @AfterAll
    static void close() {
        operator.close();
    }

    @BeforeEach
    void aUnikernelWithItsChildren(ControlPlane controlPlane) {
        admin = controlPlane.admin();
        var namespace = controlPlane.newNamespace();
        owner = admin.resource(Given.hello(namespace, "any")).create();
        children = Compiler.compile(
                        owner, Given.runtime("any").getSpec(), Accelerator.Emulation, GuestSeccomp.Localhost)
                .all();
    }

    @Test
    void itMakesChangesAndDeletesChildrenOfUnikernels() {
        for (var child : children) {
            var made = operator.resource(child).create();
            operator.resource(made)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
            operator.resource(made).delete();
            assertThat(admin.resource(child).get()).isNull();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /hostNetwork                     | true                                        | shares nothing with its node
            /hostPID                         | true                                        | shares nothing with its node
            /hostIPC                         | true                                        | shares nothing with its node
            /nodeName                        | "node1"                                     | the scheduler chooses the node
            /containers/0/ports/0/hostPort   | 8080                                        | shares nothing with its node
            /serviceAccountName              | "admin"                                     | no service account
            /serviceAccount                  | "admin"                                     | no service account
            /automountServiceAccountToken    | true                                        | and no token
            /volumes                         | [{"name":"v","hostPath":{"path":"/"}}]      | volumes are configMap
            /volumes                         | [{"name":"v","csi":{"driver":"d"}}]         | volumes are configMap
            /volumes                         | [{"name":"v","nfs":{"server":"s","path":"/"}}] | volumes are configMap
            /containers/-                    | {"name":"second","image":"i"}               | one container
            /initContainers                  | [{"name":"first","image":"i"}]              | one container
            /containers/0/command            | ["/bin/sh"]                                 | starts Skete's launcher
            /containers/0/lifecycle/postStart | {"exec":{"command":["/bin/sh"]}}           | starts Skete's launcher
            /securityContext                 | {}                                          | user and group 65532
            /securityContext/runAsUser       | 1000                                        | user and group 65532
            /securityContext/runAsGroup      | 0                                           | user and group 65532
            /securityContext/supplementalGroups | [6]                                      | user and group 65532
            /securityContext/seccompProfile  | {"type":"Unconfined"}                       | under a seccomp profile
            /securityContext/seccompProfile  | {"type":"Localhost","localhostProfile":"other.json"} | under a seccomp profile
            /securityContext/appArmorProfile | {"type":"Unconfined"}                       | node's own AppArmor
            /securityContext/seLinuxOptions  | {"type":"spc_t"}                            | node's own AppArmor
            /securityContext/sysctls         | [{"name":"kernel.msgmax","value":"1"}]      | sysctl settings
            /containers/0/securityContext    | {}                                          | no privileges
            /containers/0/securityContext    | {"privileged":true}                         | no privileges
            /containers/0/securityContext/allowPrivilegeEscalation | true                  | no privileges
            /containers/0/securityContext/readOnlyRootFilesystem | false                   | a read-only root
            /containers/0/securityContext/capabilities/drop | ["NET_RAW"]                  | no capabilities
            /containers/0/securityContext/capabilities/add | ["NET_ADMIN"]                 | no capabilities
            /containers/0/securityContext/runAsUser | 1000                                 | everything else from its pod
            /containers/0/securityContext/seccompProfile | {"type":"Unconfined"}           | everything else from its pod
            """)
    void itRunsNothingButGuests(String field, String value, String why) {
        var made = operator.resource(workload(children)).create();

        refused(() -> change(made, POD + field, value), why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"job: {}", "job: {schedule: 0 * * * *}"})
    void runsAndSchedulesAreHeldToTheSame(String job) {
        var once = Given.once(owner.getMetadata().getNamespace(), "any", job);
        once.getMetadata().setUid(owner.getMetadata().getUid());
        var workload = workload(compiled(once));
        operator.resource(workload).dryRun().create();

        refused(() -> operator.resource(withHostPid(workload)).dryRun().create(), "shares nothing with its node");
    }

    @Test
    void nobodyElsesObjectsAreItsToWrite() {
        var stray = admin.resource(stray(owner.getMetadata().getNamespace())).create();

        refused(() -> operator.resource(stray).delete(), "that a Unikernel controls");
        refused(() -> change(stray, "/metadata/labels", "{}"), "that a Unikernel controls");
        var references = Serialization.asJson(children.getFirst().getMetadata().getOwnerReferences());
        refused(() -> change(stray, "/metadata/ownerReferences", references), "that a Unikernel controls");
    }

    @Test
    void aChildIsNotGivenToAnotherOwner() {
        var made = operator.resource(children.getFirst()).create();

        refused(() -> change(made, "/metadata/ownerReferences/0/uid", "\"another\""), "not give them to another owner");
        refused(
                () -> change(made, "/metadata/ownerReferences/0/controller", "false"),
                "not give them to another owner");
        refused(() -> change(made, "/metadata/ownerReferences", "[]"), "not give them to another owner");
    }

    @Test
    void servicesStayInsideTheCluster() {
        var made = operator.resource(children.stream()
                        .filter(Service.class::isInstance)
                        .findFirst()
                        .orElseThrow())
                .create();

        refused(() -> change(made, "/spec/externalIPs", "[\"10.1.2.3\"]"), "inside the cluster only");
        refused(() -> change(made, "/spec/type", "\"NodePort\""), "inside the cluster only");
        refused(() -> change(made, "/spec/type", "\"LoadBalancer\""), "inside the cluster only");
    }

    private static List<HasMetadata> compiled(Unikernel unikernel) {
        return Compiler.compile(
                        unikernel, Given.runtime("any").getSpec(), Accelerator.Emulation, GuestSeccomp.Localhost)
                .all();
    }

    private static HasMetadata workload(List<HasMetadata> children) {
        return children.stream()
                .filter(c -> Set.of("Deployment", "Job", "CronJob").contains(c.getKind()))
                .findFirst()
                .orElseThrow();
    }

    private static HasMetadata withHostPid(HasMetadata workload) {
        return Serialization.unmarshal(
                Serialization.asYaml(workload).replace("enableServiceLinks: false", "hostPID: true"));
    }

    private static HasMetadata stray(String namespace) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: Service
                metadata: {name: stray, namespace: %s, labels: {app: bank}}
                spec: {ports: [{port: 80}]}
                """.formatted(namespace));
    }

    private static void change(HasMetadata object, String path, String value) {
        operator.resource(object)
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\":\"add\",\"path\":\"%s\",\"value\":%s}]".formatted(path, value));
    }

    private static void refused(ThrowingCallable request, String why) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403))
                .hasMessageContaining("skete-operator-")
                .hasMessageContaining(why);
    }
}

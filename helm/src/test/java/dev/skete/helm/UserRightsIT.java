package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.Controllers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kubernetes' built-in roles gain by the chart: nothing that they could not do with pods, and nothing outside a namespace. */
class UserRightsIT {
    /** What a Unikernel becomes. */
    private static final List<String> MADE_OF =
            List.of("pods", "deployments", "jobs", "cronjobs", "services", "poddisruptionbudgets");

    private static ControlPlane controlPlane;

    private String namespace;

    @BeforeAll
    static void install() {
        controlPlane = ControlPlane.start(Controllers.WORKLOADS);
        new Helm(Chart.DIRECTORY)
                .upgrade()
                .withName("skete")
                .install()
                .withNamespace("skete-system")
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
        for (var role : List.of("view", "edit", "admin")) {
            await("Kubernetes has aggregated Unikernels into " + role)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !verbs(role, "unikernels").isEmpty());
        }
    }

    @AfterAll
    static void stop() {
        controlPlane.close();
    }

    @BeforeEach
    void aNamespace() {
        namespace = controlPlane.newNamespace();
    }

    @ParameterizedTest
    @ValueSource(strings = {"view", "edit", "admin"})
    void whatARoleMayDoToUnikernelsItMayDoToAllThatTheyAreMadeOf(String role) {
        var unikernels = verbs(role, "unikernels");
        assertThat(unikernels).isNotEmpty();
        assertThat(MADE_OF).allSatisfy(kind -> assertThat(verbs(role, kind)).containsAll(unikernels));
    }

    @ParameterizedTest
    @ValueSource(strings = {"view", "edit", "admin"})
    void noRoleWritesRuntimesOrWhatTheOperatorReports(String role) {
        assertThat(verbs(role, "unikernelruntimes")).isSubsetOf("get", "list", "watch");
        assertThat(verbs(role, "unikernels/status")).isSubsetOf("get", "list", "watch");
        assertThat(verbs(role, "unikernels/finalizers")).isEmpty();
    }

    @Test
    void anEditorRunsUnikernelsInItsNamespaceAndNowhereElse() {
        try (var editor = userWith("edit")) {
            assertThatCode(() -> editor.resource(unikernel(namespace)).create()).doesNotThrowAnyException();
            assertThatCode(() -> editor.pods()
                            .inNamespace(namespace)
                            .resource(pod())
                            .dryRun()
                            .create())
                    .doesNotThrowAnyException();
            forbidden(() -> editor.resource(unikernel("default")).create());
            forbidden(() -> editor.resources(Unikernel.class)
                    .inNamespace("default")
                    .withName("hello")
                    .get());
            forbidden(() -> editor.resources(Unikernel.class).inAnyNamespace().list());
        }
    }

    @Test
    void anEditorChangesNoRuntimeAndNoStatus() {
        controlPlane.admin().resource(unikernel(namespace)).create();
        try (var editor = userWith("admin")) {
            forbidden(() -> editor.resources(UnikernelRuntime.class)
                    .withName("elf")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"shutdown\":\"ACPI\"}}"));
            forbidden(() ->
                    editor.resources(UnikernelRuntime.class).withName("elf").delete());
            forbidden(() -> editor.resources(Unikernel.class)
                    .inNamespace(namespace)
                    .withName("hello")
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"replicas\":7}}"));
        }
    }

    @Test
    void aViewerLooksOn() {
        controlPlane.admin().resource(unikernel(namespace)).create();
        try (var viewer = userWith("view")) {
            assertThat(viewer.resources(Unikernel.class)
                            .inNamespace(namespace)
                            .list()
                            .getItems())
                    .hasSize(1);
            forbidden(() -> viewer.resource(unikernel(namespace)).delete());
            forbidden(() -> viewer.resources(Unikernel.class)
                    .inNamespace(namespace)
                    .withName("hello")
                    .scale(3));
        }
    }

    /** Somebody with a built-in role in the namespace, and nothing else. */
    private KubernetesClient userWith(String role) {
        var user = role + "-of-" + namespace;
        controlPlane
                .admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(role)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                        .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                        .build())
                .create();
        var client = new KubernetesClientBuilder()
                .withConfig(controlPlane.configAs(user))
                .build();
        await("the API server knows " + user)
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> client.pods().inNamespace(namespace).list().getItems() != null);
        return client;
    }

    private static Set<String> verbs(String role, String resource) {
        return controlPlane.admin().resources(ClusterRole.class).withName(role).require().getRules().stream()
                .filter(rule -> applies(rule, resource))
                .map(PolicyRule::getVerbs)
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
    }

    private static boolean applies(PolicyRule rule, String resource) {
        return Stream.of(resource, "*").anyMatch(rule.getResources()::contains);
    }

    private static Unikernel unikernel(String namespace) {
        return Serialization.unmarshal("""
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: hello, namespace: %s}
                spec: {image: "registry.example/hello:1.0", runtime: elf}
                """.formatted(namespace), Unikernel.class);
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("any")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/any")
                .endContainer()
                .endSpec()
                .build();
    }

    private static void forbidden(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403))
                .hasMessageContaining("cannot ");
    }
}

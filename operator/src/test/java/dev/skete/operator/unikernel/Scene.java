package dev.skete.operator.unikernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionReason;
import dev.skete.api.ConditionType;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.operator.unikernel.status.Statuses;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** A namespace with a Unikernel called hello, and a runtime of its own named after the namespace. */
record Scene(KubernetesClient admin, String namespace) {
    static Scene empty(ControlPlane controlPlane) {
        return new Scene(controlPlane.admin(), controlPlane.newNamespace());
    }

    /** With hello and its runtime, and all children there. */
    static Scene hello(ControlPlane controlPlane) {
        var scene = empty(controlPlane);
        scene.createRuntime();
        scene.createHello();
        eventually("all children are there, and a status", () -> {
            assertThat(scene.children())
                    .extracting(HasMetadata::getKind)
                    .containsExactlyInAnyOrder("Deployment", "Service", "PodDisruptionBudget");
            assertThat(scene.unikernel().getStatus()).isNotNull();
        });
        return scene;
    }

    /** With a run to completion, called like the namespace, and its runtime. */
    static Scene run(ControlPlane controlPlane, String jobOptions) {
        var scene = empty(controlPlane);
        scene.createRuntime();
        scene.admin()
                .resource(Given.once(scene.namespace(), scene.namespace(), jobOptions))
                .create();
        return scene;
    }

    void createRuntime() {
        admin.resource(Given.runtime(namespace)).create();
    }

    void createHello() {
        admin.resource(Given.hello(namespace, namespace)).create();
    }

    Unikernel unikernel() {
        return existing(Unikernel.class);
    }

    <T extends HasMetadata> @Nullable T child(Class<T> kind) {
        return admin.resources(kind).inNamespace(namespace).withName("hello").get();
    }

    <T extends HasMetadata> T existing(Class<T> kind) {
        return Objects.requireNonNull(child(kind), () -> "no " + kind.getSimpleName() + " hello");
    }

    Deployment deployment() {
        return existing(Deployment.class);
    }

    List<HasMetadata> children() {
        return Stream.of(Deployment.class, Job.class, Service.class, PodDisruptionBudget.class)
                .map(k -> admin.resources(k).inNamespace(namespace).list().getItems())
                .<HasMetadata>flatMap(Collection::stream)
                .toList();
    }

    List<Pod> pods() {
        return admin.pods().inNamespace(namespace).list().getItems();
    }

    /** Changes hello as {@code kubectl patch --type=merge} does. */
    void patch(String json) {
        patch(Unikernel.class, json);
    }

    <T extends HasMetadata> void patch(Class<T> kind, String json) {
        admin.resources(kind)
                .inNamespace(namespace)
                .withName("hello")
                .patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    void patchRuntime(String json) {
        admin.resources(UnikernelRuntime.class).withName(namespace).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    void deleteRuntime() {
        admin.resources(UnikernelRuntime.class).withName(namespace).delete();
    }

    /** Gives every pod a status, in JSON, as its kubelet would. */
    void kubeletSays(String status) {
        pods().forEach(p -> admin.resource(p)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":" + status + "}"));
    }

    /** Makes an event about every pod, as its kubelet would, and moves the pods so that the operator looks again. */
    void kubeletTells(String reason, String message) {
        for (var pod : pods()) {
            admin.resource(new EventBuilder()
                            .withNewMetadata()
                            .withGenerateName("kubelet-")
                            .withNamespace(namespace)
                            .endMetadata()
                            .withInvolvedObject(new ObjectReferenceBuilder()
                                    .withKind("Pod")
                                    .withNamespace(namespace)
                                    .withName(pod.getMetadata().getName())
                                    .withUid(pod.getMetadata().getUid())
                                    .build())
                            .withReason(reason)
                            .withMessage(message)
                            .withLastTimestamp("2026-01-01T00:00:00Z")
                            .build())
                    .create();
            admin.resource(pod)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"annotations\":{\"told\":\"" + reason + "\"}}}");
        }
    }

    /** Versions of hello and of its children, which move with every write. */
    TreeMap<String, String> versions() {
        var versions = new TreeMap<String, String>();
        Stream.concat(Stream.of(unikernel()), children().stream())
                .forEach(o -> versions.put(o.getKind(), o.getMetadata().getResourceVersion()));
        return versions;
    }

    Condition ready() {
        return Statuses.condition(unikernel().getStatus(), ConditionType.Ready).orElseThrow();
    }

    void awaitReady(ConditionReason reason) {
        eventually(
                "Ready has the reason " + reason,
                () -> assertThat(ready())
                        .satisfies(c -> assertThat(c.getReason()).isEqualTo(reason.name()))
                        .satisfies(c -> assertThat(c.getObservedGeneration())
                                .isEqualTo(unikernel().getMetadata().getGeneration())));
    }

    static void eventually(String what, ThrowingRunnable assertion) {
        patiently(what).ignoreExceptions().untilAsserted(assertion);
    }

    static ConditionFactory patiently(String what) {
        return Awaitility.await(what).pollInterval(Duration.ofMillis(200)).atMost(Duration.ofSeconds(40));
    }
}

package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.Controllers;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody who stole a node agent's token can do with it: the chart's RBAC and admission policy on a real API server. */
class AgentAuthorityIT {
    private static final String RUNNING =
            "{status: {conditions: [{type: skete.dev/GuestRunning, status: 'True', reason: Running}]}}";
    private static ControlPlane controlPlane;
    private static Account account;
    private static KubernetesClient agent;

    private String namespace;
    private Pod own;
    private Pod foreign;

    @BeforeAll
    static void install() {
        controlPlane = ControlPlane.start(Controllers.NONE);
        new Helm(Chart.DIRECTORY)
                .upgrade()
                .withName("skete")
                .install()
                .withNamespace(Account.NAMESPACE)
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
        Stream.of("node1", "node2")
                .forEach(node -> controlPlane
                        .admin()
                        .resource(new NodeBuilder()
                                .withNewMetadata()
                                .withName(node)
                                .endMetadata()
                                .build())
                        .create());
        account = new Account(controlPlane, "skete-node-agent");
        agent = account.on("node1");
        awaitPolicy();
    }

    /** The API server learns of a policy a moment after it was made. */
    private static void awaitPolicy() {
        String namespace = controlPlane.newNamespace();
        var pod = account.pod(controlPlane.admin(), namespace, "probe", "node2");
        await("the policy is in force").atMost(Duration.ofSeconds(30)).until(() -> {
            try {
                patch(agent, pod, RUNNING);
                return false;
            } catch (KubernetesClientException e) {
                return e.getCode() == 403;
            }
        });
    }

    @AfterAll
    static void stop() {
        agent.close();
        controlPlane.close();
    }

    @BeforeEach
    void pods() {
        namespace = controlPlane.newNamespace();
        own = account.pod(controlPlane.admin(), namespace, "own", "node1");
        foreign = account.pod(controlPlane.admin(), namespace, "foreign", "node2");
    }

    @Test
    void itTellsHowItsOwnNodesGuestsAre() {
        patch(agent, own, RUNNING);
        assertThat(controlPlane.admin().resource(own).get().getStatus().getConditions())
                .anySatisfy(c -> assertThat(c.getType()).isEqualTo("skete.dev/GuestRunning"));
    }

    @Test
    void whatTheKubeletSaysStaysBesideIt() {
        patch(controlPlane.admin(), own, """
                {status: {phase: Running, podIP: 10.0.0.7, podIPs: [{ip: 10.0.0.7}], qosClass: BestEffort,
                  conditions: [{type: Ready, status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z'}],
                  containerStatuses: [{name: main, ready: true, restartCount: 1, image: i, imageID: i, state: {running: {}}}]}}""");
        patch(agent, own, RUNNING);
        assertThat(controlPlane.admin().resource(own).get().getStatus().getConditions())
                .hasSize(2);
    }

    @Test
    void aPatchThatChangesNothingReadsThePodsOfItsOwnNodeOnly() {
        assertThat(patch(
                                agent,
                                own,
                                "{metadata: {uid: %s}}"
                                        .formatted(own.getMetadata().getUid()))
                        .getMetadata()
                        .getName())
                .isEqualTo("own");
        refused(() -> patch(agent, foreign, "{}"), "the node agent of node1 may not write about a pod on node node2");
    }

    @Test
    void itSaysNothingOfAnotherNodesPods() {
        refused(() -> patch(agent, foreign, RUNNING), "node agent of node1 may not write about a pod on node node2");
    }

    @Test
    void aTokenWithoutANodeWritesNothing() {
        try (var adrift = account.on(null)) {
            refused(() -> patch(adrift, own, RUNNING), "token names no node");
            refused(() -> report(adrift, "Pod", "node1", "skete-node-agent"), "report for its own node only");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {status: {conditions: [{type: Ready, status: 'True'}]}}                | whose type begins with skete.dev/
            {status: {conditions: [{type: DisruptionTarget, status: 'True'}]}}     | whose type begins with skete.dev/
            {status: {conditions: [{type: PodScheduled, $patch: delete}]}}         | whose type begins with skete.dev/
            {status: {phase: Failed}}                                              | conditions only
            {status: {reason: Evicted}}                                            | conditions only
            {status: {message: m}}                                                 | conditions only
            {status: {podIP: 10.1.2.3, podIPs: [{ip: 10.1.2.3}]}}                  | conditions only
            {status: {hostIP: 10.1.2.3, hostIPs: [{ip: 10.1.2.3}]}}                | conditions only
            {status: {startTime: '2026-01-01T00:00:00Z'}}                          | conditions only
            {status: {nominatedNodeName: node2}}                                   | conditions only
            {status: {observedGeneration: 7}}                                      | conditions only
            {status: {containerStatuses: [{name: main, ready: true, restartCount: 0, image: i, imageID: i}]}} | conditions only
            {metadata: {labels: {app: bank}}}                                      | metadata
            {metadata: {annotations: {a: b}}}                                      | metadata
            {metadata: {finalizers: [skete.dev/never]}}                            | metadata
            """)
    void ofAPodItWritesNothingButItsOwnConditions(String patch, String why) {
        patch(controlPlane.admin(), own, "{status: {conditions: [{type: PodScheduled, status: 'True'}]}}");
        refused(() -> patch(agent, own, patch), why);
    }

    @Test
    void itReportsEventsAsItselfAndAboutPods() {
        report(agent, "Pod", "node1", "skete-node-agent");
        refused(() -> report(agent, "Pod", "node2", "skete-node-agent"), "report for its own node only");
        refused(() -> report(agent, "Pod", "node1", "kubelet"), "report as skete-node-agent");
        refused(() -> report(agent, "Node", "node1", "skete-node-agent"), "about pods only");
    }

    @TestFactory
    Stream<DynamicTest> everything_else_is_forbidden() {
        var requests = Map.<String, Runnable>ofEntries(
                Map.entry(
                        "read a Secret",
                        () -> agent.secrets()
                                .inNamespace(namespace)
                                .withName("s")
                                .get()),
                Map.entry("list Secrets", () -> agent.secrets().inAnyNamespace().list()),
                Map.entry(
                        "list ConfigMaps",
                        () -> agent.configMaps().inNamespace(namespace).list()),
                Map.entry("read a pod", () -> agent.resource(own).get()),
                Map.entry("list pods", () -> agent.pods().inAnyNamespace().list()),
                Map.entry("create a pod", () -> account.pod(agent, namespace, "another", "node1")),
                Map.entry("delete a pod", () -> agent.resource(own).delete()),
                Map.entry(
                        "patch a pod",
                        () -> agent.resource(own)
                                .patch(
                                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                                        "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}")),
                Map.entry("read a node", () -> agent.nodes().withName("node1").get()),
                Map.entry(
                        "list Unikernels",
                        () -> agent.genericKubernetesResources("skete.dev/v1alpha1", "Unikernel")
                                .inNamespace(namespace)
                                .list()),
                Map.entry(
                        "read an event",
                        () -> agent.v1().events().inNamespace(namespace).list()),
                Map.entry(
                        "ask for a token",
                        () -> agent.serviceAccounts()
                                .inNamespace(Account.NAMESPACE)
                                .withName("skete-operator")
                                .tokenRequest()),
                Map.entry(
                        "list its own policy",
                        () -> agent.genericKubernetesResources(
                                        "admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy")
                                .list()));
        return requests.entrySet().stream()
                .map(request ->
                        DynamicTest.dynamicTest(request.getKey(), () -> refused(request.getValue(), "cannot ")));
    }

    private void report(KubernetesClient as, String kind, String node, String component) {
        as.v1()
                .events()
                .inNamespace(namespace)
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withGenerateName("own.")
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withApiVersion("v1")
                        .withKind(kind)
                        .withNamespace(namespace)
                        .withName("own")
                        .endInvolvedObject()
                        .withType("Normal")
                        .withReason("ShutDown")
                        .withNewSource(component, node)
                        .withReportingComponent(component)
                        .withReportingInstance(node)
                        .build())
                .create();
    }

    /** Patches a pod's status, as the agent does; the patch is YAML. */
    private static Pod patch(KubernetesClient as, Pod pod, String patch) {
        var json = Chart.documents(patch).getFirst().toString();
        return as.resource(pod).subresource("status").patch(PatchContext.of(PatchType.STRATEGIC_MERGE), json);
    }

    private static void refused(Runnable request, String why) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403))
                .hasMessageContaining(why);
    }
}

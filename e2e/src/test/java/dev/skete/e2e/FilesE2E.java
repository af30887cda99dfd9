package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.api.ConditionType;
import dev.skete.e2e.cluster.Faults;
import dev.skete.e2e.fixture.BlockClaim;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.fixture.VmmProcess;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** ConfigMaps, Secrets and disks, from the API server into a guest. */
@OnCluster
@Order(1)
class FilesE2E {

    /** The kubelet looks at a pod's volumes once a minute, and takes its time. */
    private static final Duration KUBELETS_ROUND = Duration.ofSeconds(150);

    @Test
    void filesOfEverySourceReachTheGuestAndNothingOfThemItsCommandLine(Sandbox sandbox) {
        Faults faults = faults(sandbox);
        sandbox.apply(configuration(sandbox, "hello"));
        sandbox.kubectl("create", "secret", "generic", "keys", "--from-literal=kek=0f1e2d3c")
                .run();
        sandbox.apply(linux(
                "reads",
                "volumes:",
                "- {name: conf, configMap: {name: conf}}",
                "- {name: kek, secret: {secretName: keys, defaultMode: 0400, items: [{key: kek, path: versions/1}]}}",
                "- {name: gone, secret: {secretName: is-not-there, optional: true}}",
                "- {name: both, projected: {sources: [{configMap: {name: conf, items: [{key: greeting, path: copy}]}}, "
                        + "{downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}}]}}",
                "volumeMounts:",
                "- {name: conf, mountPath: /etc/conf}",
                "- {name: kek, mountPath: /kek}",
                "- {name: gone, mountPath: /gone}",
                "- {name: both, mountPath: /both}"));
        sandbox.awaitReady("reads", 1);
        Pod guest = sandbox.onlyGuest("reads");
        var neighbour = sandbox.neighbour("neighbour");

        String report = neighbour.get("http://reads/");
        assertThat(report.lines().filter(line -> line.startsWith("file: ")))
                .containsExactlyInAnyOrder(
                        "file: /etc/conf/greeting 5",
                        "file: /etc/conf/empty 0",
                        "file: /kek/versions/1 8",
                        "file: /both/copy 5",
                        "file: /both/name " + guest.getMetadata().getName().length());
        assertThat(neighbour.get("http://reads/files/etc/conf/greeting")).isEqualTo("hello");
        assertThat(neighbour.get("http://reads/files/kek/versions/1")).isEqualTo("0f1e2d3c");
        assertThat(neighbour.get("http://reads/files/both/name"))
                .isEqualTo(guest.getMetadata().getName());
        assertThat(new VmmProcess(faults, guest).commandLine())
                .contains("name=opt/skete/kek/versions/1,file=/skete-files/kek/versions/1")
                .doesNotContain("0f1e2d3c");
    }

    @Test
    void aChangedConfigMapIsReadWhenTheGuestIsStartedAgain(Sandbox sandbox) {
        Faults faults = faults(sandbox);
        sandbox.apply(configuration(sandbox, "first"));
        sandbox.apply(linux(
                "changes",
                "volumes: [{name: conf, configMap: {name: conf}}]",
                "volumeMounts: [{name: conf, mountPath: /etc/conf}]"));
        sandbox.awaitReady("changes", 1);
        Pod guest = sandbox.onlyGuest("changes");
        var neighbour = sandbox.neighbour("neighbour");
        String url = "http://changes/files/etc/conf/greeting";
        assertThat(neighbour.get(url)).isEqualTo("first");

        sandbox.apply(configuration(sandbox, "second"));
        String file = "/var/lib/kubelet/pods/" + guest.getMetadata().getUid()
                + "/volumes/kubernetes.io~configmap/conf/greeting";
        sandbox.await(
                "the kubelet to change the file",
                KUBELETS_ROUND,
                () -> faults.onNode(guest.getSpec().getNodeName(), "cat", file),
                "second"::equals);
        assertThat(neighbour.get(url)).as("a running guest keeps what it has").isEqualTo("first");

        new VmmProcess(faults, guest).kill();

        sandbox.await("the new text from the guest", () -> neighbour.get(url), "second"::equals);
        assertThat(sandbox.onlyGuest("changes").getMetadata().getUid())
                .isEqualTo(guest.getMetadata().getUid());
    }

    @Test
    void aDiskKeepsItsDataWhenGuestsEndAndOthersStart(Sandbox sandbox) {
        Faults faults = faults(sandbox);
        try (var _ = BlockClaim.on(sandbox, faults, "node1", "data")) {
            var disk = new String[] {
                "volumes: [{name: store, persistentVolumeClaim: {claimName: data}}]", "volumeDevices: [{name: store}]"
            };
            sandbox.apply(linux("keeps", disk));
            sandbox.awaitReady("keeps", 1);
            Pod guest = sandbox.onlyGuest("keeps");
            var neighbour = sandbox.neighbour("neighbour");
            String url = "http://keeps/cgi-bin/disk";
            assertThat(neighbour.get("http://keeps/")).contains("disk: store vda 16777216");
            neighbour.exec("/bin/busybox", "wget", "-q", "-O", "-", "--post-data=kept text", url);

            new VmmProcess(faults, guest).kill();
            sandbox.await("the text after a restart", () -> neighbour.get(url), "kept text"::equals);

            sandbox.kubectl("delete", "unikernel", "keeps", "--cascade=foreground")
                    .run();
            sandbox.apply(linux("keeps", disk));
            sandbox.awaitReady("keeps", 1);
            assertThat(sandbox.onlyGuest("keeps").getMetadata().getUid())
                    .isNotEqualTo(guest.getMetadata().getUid());
            assertThat(neighbour.get(url)).isEqualTo("kept text");
        }
    }

    @Test
    void aSecretThatIsMissingIsNamedAndWaitedFor(Sandbox sandbox) {
        sandbox.apply(Guests.hello(
                "waits",
                1,
                "volumes: [{name: kek, secret: {secretName: keys}}]",
                "volumeMounts: [{name: kek, mountPath: /kek}]"));

        var ready = sandbox.awaitCondition(
                "waits", ConditionType.Ready, c -> c.getReason().equals("VolumeUnavailable"));
        assertThat(ready.getMessage()).contains("secret \"keys\" not found", "Create what spec.volumes refers to");

        sandbox.kubectl("create", "secret", "generic", "keys", "--from-literal=1=secret")
                .run();
        sandbox.awaitReady("waits", 1);
    }

    @Test
    void aGuestWhoseFamilyDrivesNoDisksIsHeldWithTheRemedy(Sandbox sandbox) {
        sandbox.apply(Guests.hello(
                "diskless",
                1,
                "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]",
                "volumeDevices: [{name: data}]"));

        var stalled = sandbox.awaitCondition(
                "diskless", ConditionType.Stalled, c -> c.getStatus().equals("True"));
        assertThat(stalled.getReason()).isEqualTo("RuntimeInvalid");
        assertThat(stalled.getMessage()).contains("UnikernelRuntime elf", "disks is None", "VirtioBlk");
    }

    private static String configuration(Sandbox sandbox, String greeting) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: conf, namespace: %s}
                data: {greeting: %s, empty: ""}
                """.formatted(sandbox.namespace(), greeting);
    }

    /** A Linux guest behind a Service on port 80, which tells what it finds. */
    private static String linux(String name, String... more) {
        return """
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: %s}
                spec:
                  image: localhost/skete/linux:dev
                  imagePullPolicy: IfNotPresent
                  runtime: linux
                  resources: {memory: 96Mi}
                  ports: [{name: http, port: 80, targetPort: 8080}]
                  readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 1}
                %s""".formatted(
                        name, Stream.of(more).collect(Collectors.joining("\n")).indent(2));
    }

    private static Faults faults(Sandbox sandbox) {
        var faults = sandbox.installation().cluster().faults();
        assumeTrue(faults.isPresent(), "no node of this cluster can be looked into: run it on the embedded one");
        return faults.orElseThrow();
    }
}

package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionType;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Debian's kernel as a guest: another boot protocol, another grammar, and a power button that works. */
@OnCluster
class LinuxE2E {
    private static final Duration GRACE = Duration.ofSeconds(20);

    @Test
    void itServesBehindAServiceAndWasGivenWhatWasWritten(Sandbox sandbox) {
        sandbox.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {app.conf: "colour = blue"}
                """);
        sandbox.apply(serving(
                "linux",
                "args: [\"two words\", \"it's\", \"\", \"a=b.c\"]",
                "env: [{name: MODE, value: \"me, you & us\"}]",
                "volumes: [{name: settings, configMap: {name: settings}}]",
                "volumeMounts: [{name: settings, mountPath: /etc/app}]"));
        sandbox.awaitReady("linux", 1);

        var neighbour = sandbox.neighbour("neighbour");
        var answer = neighbour.get("http://linux/");
        assertThat(answer.lines().filter(line -> line.startsWith("arg: ")))
                .containsExactly("arg: two words", "arg: it's", "arg: ", "arg: a=b.c");
        assertThat(answer)
                .contains("name: " + sandbox.onlyGuest("linux").getMetadata().getName())
                .contains("env: MODE=me, you & us")
                .contains("file: /etc/app/app.conf 13");
        assertThat(neighbour.get("http://linux/files/etc/app/app.conf")).isEqualTo("colour = blue");
    }

    @Test
    void itsExitCodeIsTheJobs(Sandbox sandbox) {
        sandbox.apply(job("seven", "exit", "7"));
        sandbox.apply(job("fine", "exit", "0"));

        sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/fine", "--timeout=60s")
                .run();
        sandbox.awaitCondition("seven", ConditionType.Failed, c -> c.getStatus().equals("True"));
        assertThat(sandbox.unikernel("seven").getStatus().guests())
                .singleElement()
                .satisfies(guest -> assertThat(guest.exitCode()).isEqualTo(7));
    }

    @Test
    void aKernelPanicIsTold(Sandbox sandbox) {
        sandbox.apply(job("panics", "panic"));

        var failed = sandbox.awaitCondition(
                "panics", ConditionType.Failed, c -> c.getStatus().equals("True"));
        assertThat(failed.getMessage()).containsAnyOf("exit code 101; its last lines", "Exit status 101");
        // On a busy node the run can be over before the agent's report of the panic is there; the guest's own words are
        // always.
        assertThat(sandbox.log(sandbox.onlyGuest("panics")))
                .contains("Kernel panic - not syncing: sysrq triggered crash");
        assertThat(sandbox.unikernel("panics").getStatus().guests())
                .singleElement()
                .satisfies(guest -> assertThat(guest.exitCode()).isEqualTo(101));
    }

    @Test
    void itsPowerButtonEndsItByItselfLongBeforeItsGracePeriodIsOver(Sandbox sandbox) {
        sandbox.apply(serving("stops", "drainSeconds: 0", "terminationGracePeriodSeconds: " + GRACE.toSeconds()));
        sandbox.awaitReady("stops", 1);

        try (var kept = KeptPod.of(sandbox, sandbox.onlyGuest("stops"))) {
            var asked = Instant.now();
            kept.delete();
            ContainerStateTerminated end = kept.awaitEnd();
            // A guest that did not hear its button would last until 2 seconds before the end. Its log is gone with its
            // container.
            assertThat(Duration.between(asked, Instant.parse(end.getFinishedAt())))
                    .isLessThan(GRACE.dividedBy(2));
        }
    }

    private static String serving(String name, String... more) {
        return """
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: %s}
                spec:
                  image: localhost/skete/linux:dev
                  runtime: linux
                  resources: {memory: 128Mi}
                  ports: [{name: http, port: 80, targetPort: 8080}]
                  readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 1}
                %s""".formatted(name, String.join("\n", more).indent(2));
    }

    private static String job(String name, String... args) {
        return Family.LINUX.job(name, List.of(args), "job: {backoffLimit: 0}");
    }
}

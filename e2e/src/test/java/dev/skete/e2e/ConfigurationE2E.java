package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionType;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import org.junit.jupiter.api.Test;

/** Variables reach a guest from wherever a pod's may come from; what is missing is named and waited for. */
@OnCluster
class ConfigurationE2E {
    private static final String ALLOWED = "secretsOnCommandLine: Allowed";

    @Test
    void variablesComeFromEverySourceThatAPodHas(Sandbox sandbox) {
        sandbox.kubectl("create", "configmap", "conf", "--from-literal=mode=dev", "--from-literal=COLOR=blue")
                .run();
        sandbox.kubectl("create", "secret", "generic", "keys", "--from-literal=token=t-1", "--from-literal=PIN=42")
                .run();
        sandbox.apply(Guests.hello(
                "all",
                1,
                "envFrom:",
                "- {configMapRef: {name: conf}}",
                "- {prefix: S_, secretRef: {name: keys}}",
                "- {secretRef: {name: is-not-there, optional: true}}",
                "env:",
                "- {name: MODE, valueFrom: {configMapKeyRef: {name: conf, key: mode}}}",
                "- {name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}",
                "- {name: NO_KEY, valueFrom: {secretKeyRef: {name: keys, key: none, optional: true}}}",
                "- {name: NO_OBJECT, valueFrom: {configMapKeyRef: {name: none, key: none, optional: true}}}",
                "- {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}",
                "- {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}",
                "- {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}",
                "- {name: COLOR, value: red}",
                "- {name: BOTH, value: \"$(MODE)-$(TOKEN)-$(UNKNOWN)-$$(MODE)\"}",
                "args: [\"--who=$(POD)\", \"$(BOTH)\"]",
                ALLOWED));
        sandbox.awaitReady("all", 1);
        var pod = sandbox.onlyGuest("all");

        assertThat(sandbox.neighbour("neighbour").get("http://all/"))
                .contains("MODE=dev", "TOKEN=t-1", "COLOR=red", "S_PIN=42", "S_token=t-1")
                .contains(
                        "POD=" + pod.getMetadata().getName(),
                        "IP=" + pod.getStatus().getPodIP())
                .contains("NODE=" + pod.getSpec().getNodeName())
                .contains("BOTH=dev-t-1-$(UNKNOWN)-$(MODE)")
                .contains("argument: \"--who=" + pod.getMetadata().getName() + "\"")
                .doesNotContain("NO_KEY", "NO_OBJECT", "blue");
    }

    @Test
    void aMissingObjectIsNamedAndWaitedFor(Sandbox sandbox) {
        sandbox.apply(Guests.hello("waits", 1, "envFrom: [{configMapRef: {name: later}}]"));
        missing(sandbox, "waits", "configmap \"later\" not found");

        sandbox.kubectl("create", "configmap", "later", "--from-literal=COLOR=blue")
                .run();
        sandbox.awaitReady("waits", 1);
    }

    @Test
    void aMissingKeyIsNamedAndWaitedFor(Sandbox sandbox) {
        sandbox.kubectl("create", "secret", "generic", "keys", "--from-literal=other=1")
                .run();
        sandbox.apply(Guests.hello(
                "waits", 1, ALLOWED, "env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}]"));
        missing(sandbox, "waits", "couldn't find key token in Secret " + sandbox.namespace() + "/keys");

        sandbox.kubectl("patch", "secret", "keys", "-p", "{\"stringData\":{\"token\":\"t-1\"}}")
                .run();
        sandbox.awaitReady("waits", 1);
    }

    @Test
    void aValueThatNoCommandLineCarriesIsRefusedByNameAndNotShown(Sandbox sandbox) {
        sandbox.kubectl("create", "secret", "generic", "keys", "--from-literal=pem=BEGIN-hush\nhush-END")
                .run();
        sandbox.apply(Guests.hello(
                "refused", 1, ALLOWED, "env: [{name: PEM, valueFrom: {secretKeyRef: {name: keys, key: pem}}}]"));

        var ready = sandbox.awaitCondition(
                "refused",
                ConditionType.Ready,
                c -> c.getStatus().equals("False") && c.getMessage().contains("PEM"));
        assertThat(ready.getMessage()).contains("a newline").doesNotContain("hush");
        assertThat(sandbox.kubectl("get", "events", "--output=yaml").run()).doesNotContain("hush");
        assertThat(sandbox.log(sandbox.onlyGuest("refused"))).doesNotContain("hush");
    }

    @Test
    void aSecretsVariableWaitsUntilItsAuthorAcceptsTheCommandLine(Sandbox sandbox) {
        sandbox.kubectl("create", "secret", "generic", "keys", "--from-literal=token=t-1")
                .run();
        var env = "env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}]";
        sandbox.apply(Guests.hello("secret", 1, env));
        var stalled = sandbox.awaitCondition(
                "secret", ConditionType.Stalled, c -> c.getStatus().equals("True"));
        assertThat(stalled.getReason()).isEqualTo("SecretOnCommandLine");
        assertThat(stalled.getMessage()).contains("TOKEN", "spec.volumeMounts", ALLOWED);
        assertThat(sandbox.guests("secret")).isEmpty();

        sandbox.apply(Guests.hello("secret", 1, env, ALLOWED));
        sandbox.awaitReady("secret", 1);
    }

    private static void missing(Sandbox sandbox, String name, String what) {
        var ready = sandbox.awaitCondition(
                name, ConditionType.Ready, c -> c.getReason().equals("ConfigurationMissing"));
        assertThat(ready.getMessage()).contains(what, "Create it, or correct the reference");
    }
}

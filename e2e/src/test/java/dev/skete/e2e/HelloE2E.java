package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionType;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

@OnCluster
class HelloE2E {

    @Test
    void theExampleAnswersThroughItsServiceByNameFromEveryReplica(Sandbox sandbox) {
        sandbox.applyFile("examples/hello.yaml");
        sandbox.awaitReady("hello", 2);
        var neighbour = sandbox.neighbour("neighbour");

        Set<String> answered = new HashSet<>();
        sandbox.await(
                "an answer from both replicas",
                () -> {
                    String answer = neighbour.get("http://hello/");
                    sandbox.guests("hello").stream()
                            .map(pod -> pod.getMetadata().getName())
                            .filter(answer::contains)
                            .forEach(answered::add);
                    return answered;
                },
                names -> names.size() == 2);
        assertThat(neighbour.get("http://hello." + sandbox.namespace() + ".svc.cluster.local/"))
                .contains("MODE=prod");
    }

    @Test
    void getShowsWhatAUserLooksForFirst(Sandbox sandbox) {
        sandbox.apply(Guests.hello("seen", 1));
        sandbox.awaitReady("seen", 1);

        String table = sandbox.kubectl("get", "uk").run();
        assertThat(table.lines().findFirst().orElseThrow())
                .containsSubsequence("NAME", "READY", "REPLICAS", "RUNTIME", "ACCELERATOR", "ENDPOINT", "AGE");
        assertThat(table).contains("seen", "True", "elf");
        assertThat(sandbox.kubectl("get", "all").run()).contains("unikernel.skete.dev/seen");
        assertThat(sandbox.kubectl("get", "uk", "-o", "wide").run()).contains("localhost/skete/hello:dev");
    }

    @Test
    void logsAreTheGuestsConsoleAndTheConditionsTellHowItRuns(Sandbox sandbox) {
        sandbox.apply(Guests.hello("talks", 1));
        sandbox.awaitReady("talks", 1);

        assertThat(sandbox.log(sandbox.onlyGuest("talks"))).contains("listening");
        assertThat(sandbox.condition("talks", ConditionType.Accelerated)).isPresent();
        // The node agent tells in its own time; the kubelet's probe may be quicker.
        sandbox.await(
                "the node agent's word on talks",
                () -> sandbox.onlyGuest("talks"),
                guest -> guest.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("skete.dev/GuestRunning")
                                && condition.getStatus().equals("True")
                                && condition.getReason().equals("Running")));
    }

    @Test
    void argumentsAndEnvironmentArriveAsWritten(Sandbox sandbox) {
        sandbox.apply(Guests.hello(
                "exact",
                1,
                "args: [\"two words\", \"it's\", \"a\\\"quote\", \"\", \"--\", \"$(WHO)\", \"$${net.ip}\"]",
                "env: [{name: WHO, value: \"me, you & us\"}]"));
        sandbox.awaitReady("exact", 1);

        String answer = sandbox.neighbour("neighbour").get("http://exact/");
        assertThat(answer.lines().filter(line -> line.startsWith("argument: ")))
                .containsExactly(
                        "argument: \"two words\"",
                        "argument: \"it's\"",
                        "argument: \"a\\\"quote\"",
                        "argument: \"\"",
                        "argument: \"--\"",
                        "argument: \"me, you & us\"",
                        "argument: \"${net.ip}\"");
        assertThat(answer).contains("WHO=me, you & us");
    }
}

package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import org.junit.jupiter.api.Test;

@OnCluster
class ScaleE2E {

    @Test
    void kubectlScaleMovesBetweenOneFiveAndTwo(Sandbox sandbox) {
        sandbox.apply(Guests.hello("grows", 1));
        sandbox.awaitReady("grows", 1);

        sandbox.kubectl("scale", "unikernel/grows", "--replicas=5").run();
        sandbox.awaitReady("grows", 5);
        sandbox.kubectl("scale", "unikernel/grows", "--replicas=2").run();
        sandbox.awaitReady("grows", 2);

        sandbox.await("two pods left", () -> sandbox.guests("grows"), pods -> pods.size() == 2);
        assertThat(sandbox.unikernel("grows").getStatus().guests()).hasSize(2);
    }
}

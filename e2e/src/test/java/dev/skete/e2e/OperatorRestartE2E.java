package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@OnCluster
@Isolated("kills the operator")
class OperatorRestartE2E {

    @Test
    void killedInTheMiddleOfAChangeItFinishesTheChange(Sandbox sandbox) {
        sandbox.apply(Guests.hello("stays", 1));
        sandbox.awaitReady("stays", 1);
        String first = sandbox.onlyGuest("stays").getMetadata().getUid();

        sandbox.kubectl("scale", "unikernel/stays", "--replicas=3").run();
        SystemPods.kill(sandbox, "operator");
        sandbox.awaitReady("stays", 3);

        assertThat(sandbox.guests("stays"))
                .as("the guest that ran before runs on")
                .anySatisfy(pod -> assertThat(pod.getMetadata().getUid()).isEqualTo(first));
        SystemPods.awaitReady(sandbox, "operator");
    }
}

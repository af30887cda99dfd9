package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skete.agent.device.TinyGuests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten pods at once do what costs the agent most memory, to one that has what its image and the chart give it. It lives, and neighbours' guests start. */
class ManyHostilePodsIT extends AgentScene {
    private static final int PODS = 10;
    private static final int LAUNCHES = 3;
    /** The chart's limit. */
    private static final long MEBIBYTES = 256;
    /** With ten attackers and the agent on two cores; on a machine that is slow without them, so many times as long as then. */
    private static final Duration START = Duration.ofSeconds(10);

    private static final int TIMES = 20;

    private static final List<Attack> ATTACKS = List.of(
            Attack.LONG_REQUESTS, Attack.LONG_PLANS, Attack.EMPTY_WORDS, Attack.CONNECTION_FLOOD, Attack.MONITOR_FLOOD);

    @Test
    @Timeout(600)
    void theAgentKeepsItsMemoryAndItsOtherPods() throws Exception {
        stopAgent();
        try (var agent = PackagedAgent.start(root)) {
            startOnce();
            var bound = Collections.max(List.of(START, startOnce().multipliedBy(TIMES)));
            int idle = agent.descriptors().size();
            var pods = new ArrayList<GuestPod>();
            try {
                for (int i = 0; i < PODS; i++) {
                    pods.add(new GuestPod(root));
                    ATTACKS.get(i % ATTACKS.size()).in(pods.getLast(), guest(TinyGuests.thatExits(), Map.of()));
                }
                for (int i = 0; i < LAUNCHES; i++) {
                    var took = startOnce();
                    System.out.printf("%d attackers: started and ended in %d ms%n", PODS, took.toMillis());
                    assertThat(took).isLessThan(bound);
                }
                System.out.printf("%d attackers: %d MiB at most%n", PODS, agent.mostMebibytes());
                assertThat(agent.mostMebibytes()).isLessThan(MEBIBYTES);
            } finally {
                for (var pod : pods) {
                    pod.close();
                }
                assertThat(agent.isAlive()).as(agent.log()).isTrue();
            }
            await("what they held to be given back")
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(agent.descriptors()).hasSizeLessThanOrEqualTo(idle));
            assertThat(agent.log()).doesNotContain("OutOfMemory", " ERROR ");
        }
    }
}

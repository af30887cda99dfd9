package dev.skete.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private final Connections connections = new Connections(3, 2);

    @Test
    void aPodHasSoManyAtATimeAndLeavesTheRestToOthers() throws RefusedException {
        connections.open("evil");
        connections.open("evil");
        assertRefused("evil", "holds 2 connections, 2 of this pod; the limits are 3 and 2");
        connections.open("good");
        assertRefused("good", "holds 3 connections, 1 of this pod; the limits are 3 and 2");
        assertThat(connections.close("evil")).isFalse();
        connections.open("good");
        assertThat(connections.close("evil")).isTrue();
    }

    @Test
    void onlySoManyWhoAreTurnedAwayMayHearWhy() {
        int heard = 0;
        while (connections.turnAway()) {
            heard++;
        }
        assertThat(heard).isEqualTo(16);
        connections.turnedAwayLeft();
        assertThat(connections.turnAway()).isTrue();
    }

    private void assertRefused(String pod, String says) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> connections.open(pod))
                .withMessageContaining(says)
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(RefusalReason.TooManyConnections));
    }
}

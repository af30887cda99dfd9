package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GuestEnvironmentTest {
    private static final List<String> ENVIRON = List.of(
            "PATH=/bin",
            "HOSTNAME=hello-1",
            "KUBERNETES_PORT=tcp://10.96.0.1:443",
            "SKETE_PLAN={}",
            "MODE=a=b",
            "HOME=/",
            "EMPTY=");

    @Test
    void aGuestGetsItsOwnVariablesAndNobodyElses() {
        assertThat(GuestEnvironment.of(ENVIRON, List.of()))
                .containsOnlyKeys("MODE", "EMPTY")
                .containsEntry("MODE", "a=b");
    }

    @Test
    void aVariableTheUserNamedIsPassedEvenIfItLooksLikeTheRuntimes() {
        assertThat(GuestEnvironment.of(ENVIRON, List.of("PATH", "KUBERNETES_PORT")))
                .containsOnlyKeys("PATH", "KUBERNETES_PORT", "MODE", "EMPTY");
    }

    @Test
    void thePlanIsNeverPassed() {
        assertThat(GuestEnvironment.of(ENVIRON, List.of("SKETE_PLAN"))).doesNotContainKey("SKETE_PLAN");
    }
}

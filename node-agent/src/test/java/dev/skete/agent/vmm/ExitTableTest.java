package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExitTableTest {
    @Test
    void whatIsNotNamedIsKept() {
        var table = ExitTable.of(Map.of(3, 7));
        assertThat(table.statusFor(0)).isZero();
        assertThat(table.statusFor(3)).isEqualTo(7);
        assertThat(table.statusFor(255)).isEqualTo(255);
        assertThat(table.bytes()).hasSize(256);
    }

    @Test
    void whereAnotherStatusMeansSuccessQEMUs0IsAGuestThatReset() {
        var table = ExitTable.of(Map.of(3, 0));
        assertThat(table.statusFor(3)).isZero();
        assertThat(table.statusFor(0)).isEqualTo(255);
    }

    @Test
    void unless0IsNamedToo() {
        assertThat(ExitTable.of(Map.of(3, 0, 0, 0)).statusFor(0)).isZero();
        assertThat(ExitTable.of(Map.of(3, 0, 0, 9)).statusFor(0)).isEqualTo(9);
    }

    @Test
    void numbersThatAreNoExitStatusAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ExitTable.of(Map.of(256, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> ExitTable.of(Map.of(1, -1)));
    }
}

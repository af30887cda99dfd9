package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.Accelerator;
import org.junit.jupiter.api.Test;

class PackKindTest {
    @Test
    void theSmallPackRunsMicrovmsOnKvmThatNeedNoExitStatus() {
        assertThat(PackKind.smallestFor(Launches.microvm(Accelerator.KVM))).isEqualTo(PackKind.MICROVM);
        assertThat(PackKind.smallestFor(Launches.microvm(Accelerator.Emulation)))
                .isEqualTo(PackKind.FULL);
        assertThat(PackKind.smallestFor(Launches.hermit())).isEqualTo(PackKind.FULL);
    }
}

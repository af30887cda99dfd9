package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Accelerator;
import dev.skete.api.Boot;
import dev.skete.api.Entropy;
import dev.skete.api.LaunchPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class QemuTest {
    private final Qemu qemu = new Qemu();

    @Test
    void aHermitGuestOnQ35InEmulation() throws Exception {
        var launch = Launches.of(Launches.hermit(), List.of("--greeting", "two words"), Map.of("MODE", "prod"));
        assertGolden("hermit-q35-tcg.txt", qemu.command(launch));
    }

    @Test
    void aBareElfOnAMicrovmInEmulation() throws Exception {
        assertGolden("elf-microvm-tcg.txt", qemu.command(launchOf(Launches.microvm(Accelerator.Emulation))));
    }

    @Test
    void aBareElfOnAMicrovmOnKvm() throws Exception {
        assertGolden("elf-microvm-kvm.txt", qemu.command(launchOf(Launches.microvm(Accelerator.KVM))));
    }

    @Test
    void theExitTableIsTheIdentityButForWhatThePlanMaps() throws RefusedException {
        var exits = qemu.command(launchOf(Launches.hermit())).exits();
        assertThat(exits.statusFor(3)).isZero();
        assertThat(exits.statusFor(1)).isEqualTo(1);
        assertThat(exits.statusFor(255)).isEqualTo(255);
    }

    /** As a launcher needs it that is older than the agent. */
    @Test
    void aTapThatIsNotHandedOverIsOpenedByItsName() throws RefusedException {
        var it = Launches.NETWORK;
        var named = new NetworkFacts(
                it.tap(),
                OptionalInt.empty(),
                it.mac(),
                it.mtu(),
                it.address(),
                it.prefixLength(),
                it.gateway(),
                it.dns(),
                it.searchDomains());
        var launch = Launches.of(Launches.hermit(), List.of(), Map.of(), named);
        assertThat(qemu.command(launch).argv())
                .contains("tap,id=net0,ifname=tap0,script=no,downscript=no,vnet_hdr=off");
    }

    @Test
    void aCommaInAnOptionValueDoesNotStartAnotherOption() {
        assertThat(QemuOption.of("tap").with("ifname", "a,script=/bin/sh")).hasToString("tap,ifname=a,,script=/bin/sh");
    }

    @Test
    void anInitrdWithACommaIsRefusedBecauseBootProtocolsDisagreeAboutIt() {
        var hermit = Launches.hermit();
        var plan = new LaunchPlan(
                1,
                "qemu",
                hermit.accelerator(),
                hermit.machine(),
                64,
                1,
                new Boot("/loader", "/a,b", null),
                hermit.nic(),
                hermit.commandLine(),
                hermit.envFormat(),
                hermit.quoting(),
                List.of(),
                Map.of(),
                hermit.shutdown(),
                List.of(),
                hermit.stdin(),
                LaunchPlan.Storage.NONE,
                Entropy.None,
                null,
                0);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> qemu.command(launchOf(plan)))
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(RefusalReason.BadPlan))
                .withMessageContaining("boot.initrd")
                .withMessageContaining("rename");
    }

    @Test
    void anUnknownVmmIsRefusedByName() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Vmm.named("crosvm"))
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(RefusalReason.UnknownVmm))
                .withMessageContaining("\"crosvm\"");
    }

    private static GuestLaunch launchOf(LaunchPlan plan) {
        return Launches.of(plan, List.of("--verbose"), Map.of());
    }

    private static void assertGolden(String file, VmmCommand command) throws IOException {
        try (var golden = QemuTest.class.getResourceAsStream(file)) {
            assertThat(golden).as(file).isNotNull();
            assertThat(String.join("\n", command.argv()) + "\n")
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}

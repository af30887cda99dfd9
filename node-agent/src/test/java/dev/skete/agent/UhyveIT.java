package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.agent.device.UhyveGuests;
import dev.skete.api.FailureReason;
import dev.skete.api.GuestReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** uhyve from its pack, confined as in a pod, with tiny guests of our own. Skipped where build/images vmm-uhyve has not built it yet. */
class UhyveIT extends KvmScene {
    private static final Path PACK = Path.of("vmm/uhyve/pack");

    /** As in the chart's runtime. */
    private static final String TRIPLE_FAULT = "kvm_cpu] Shutdown";

    @BeforeEach
    void installPack() throws Exception {
        assumeTrue(Files.isExecutable(built()), "there is no " + built());
        var pack = new ProcessBuilder(PACK.toString(), root.resolve("guest/vmm").toString()).inheritIO();
        assertThat(pack.start().waitFor()).isZero();
    }

    @Test
    void aGuestHasThePodsAddressOnItsDeviceAndTheContainerEndsWithItsExitStatus() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(UhyveGuests.thatPrintsItsMac(), new TestPlan().vmm("uhyve")));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(7);
            assertThat(HexFormat.ofDelimiter(":").formatHex(container.console()))
                    .isEqualTo(GuestPod.MAC);
            assertThat(awaitReason(pod, GuestReason.VmmExited)).isEqualTo("The VMM ended with exit status 7.");
        }
    }

    @Test
    void framesPassBothWaysThroughUhyveAndThePodsFilters() throws Exception {
        try (var pod = new GuestPod(root)) {
            pod.makeNodeTheGateway();
            var container = pod.start(guest(arpGuest(), new TestPlan().vmm("uhyve")));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(7);
        }
    }

    @Test
    void aGuestCountsAsRunningWhileItsVmmDoesAndIsStoppedAtOnce() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(UhyveGuests.thatSleeps(), new TestPlan().vmm("uhyve")));
            assertThat(awaitReason(pod, GuestReason.Running)).contains("cannot be asked");
            container.stop();
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(143);
        }
    }

    @Test
    void aTripleFaultIsToldByUhyvesLogAsItsExitStatusIsASuccess() throws Exception {
        try (var pod = new GuestPod(root)) {
            var plain = new TestPlan().vmm("uhyve");
            assertThat(pod.start(guest(UhyveGuests.thatCrashes(), plain)).exitStatus())
                    .isZero();
            var watched = new TestPlan().vmm("uhyve").failure(TRIPLE_FAULT, FailureReason.GuestPanicked, 101);
            var container = pod.start(guest(UhyveGuests.thatCrashes(), watched));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(101);
            assertThat(awaitReason(pod, GuestReason.GuestPanicked)).contains(TRIPLE_FAULT);
        }
    }

    @Test
    void aKvmThatCannotBeUsedIsAFailureWithUhyvesOwnWords() throws Exception {
        Files.delete(root.resolve("dev/kvm"));
        try (var pod = new GuestPod(root)) {
            pod.bind(Path.of("/dev/null"), "/dev/kvm");
            var container = pod.start(guest(UhyveGuests.thatSleeps(), new TestPlan().vmm("uhyve")));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(101);
            assertThat(container.said()).contains("kvm_cpu.rs", "Error(25)"); // ENOTTY
        }
    }

    /** Asks for the gateway's address, and ends with 7 when it has it. */
    private byte[] arpGuest() throws IOException, InterruptedException {
        var elf = root.resolve("arp.elf");
        var options =
                "-O1 -ffreestanding -nostdlib -fpie -pie -mgeneral-regs-only -fno-stack-protector -fcf-protection=none"
                        + " -Wl,--no-dynamic-linker,--build-id=none -Wall -Wextra -Werror";
        var command = new ArrayList<>(List.of("gcc", "-o", elf.toString(), "vmm/test/arp-uhyve.c"));
        command.addAll(List.of(options.split(" ")));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return Files.readAllBytes(elf);
    }

    private static Path built() throws IOException {
        var version = Pattern.compile("(?m)^version=(.*)$").matcher(Files.readString(PACK));
        assertThat(version.find()).isTrue();
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        return cache.resolve("skete/uhyve-" + version.group(1) + "/bin/uhyve");
    }
}

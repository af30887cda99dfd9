package dev.skete.agent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.agent.TestPacks;
import dev.skete.agent.device.KvmResult.Verdict;
import dev.skete.agent.vmm.PackKind;
import dev.skete.agent.vmm.VmmPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class KvmProbeIT {
    @TempDir
    Path directory;

    @Test
    void the_probes_guest_gets_through_where_instructions_are_executed_properly() throws Exception {
        var guest = Files.write(directory.resolve("guest.elf"), ProbeGuest.elf());
        var command = new ArrayList<>(pack().program());
        command.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"));
        command.addAll(List.of("-M", "microvm,acpi=off", "-accel", "tcg", "-m", "16M", "-kernel", guest.toString()));
        command.addAll(List.of("-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(pack().environment());
        assertThat(builder.start().waitFor()).isEqualTo(ProbeGuest.EXIT_STATUS);
    }

    @Test
    void a_kvm_that_is_itself_emulated_is_found_out_within_the_bound() throws Exception {
        assumeTrue(Files.exists(Path.of("/sys/module/kvm_pvm")), "this machine's KVM is not an emulated one");
        long begin = System.nanoTime();
        var result = new KvmProbe(pack(), Duration.ofSeconds(3)).run();
        assertThat(result.verdict()).as(result.detail()).isIn(Verdict.TooSlow, Verdict.Failed);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void a_pack_that_does_not_start_is_reported_and_not_thrown() throws Exception {
        var result = new KvmProbe(new VmmPack(PackKind.FULL, "/nowhere"), Duration.ofSeconds(3)).run();
        assertThat(result.verdict()).isEqualTo(Verdict.Failed);
        assertThat(result.detail()).contains("/nowhere");
    }

    private static VmmPack pack() throws IOException, InterruptedException {
        var packs = TestPacks.directory();
        var name = Files.readString(packs.resolve("qemu.current")).strip();
        return new VmmPack(PackKind.FULL, packs.resolve(name).toString());
    }
}

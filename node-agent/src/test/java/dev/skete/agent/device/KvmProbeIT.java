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
import java.nio.file.attribute.PosixFilePermissions;
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
    void theProbesGuestGetsThroughWhereInstructionsAreExecutedProperly() throws Exception {
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
    void aKvmThatIsItselfEmulatedIsFoundOutWithinTheBound() throws Exception {
        assumeTrue(Files.exists(Path.of("/sys/module/kvm_pvm")), "this machine's KVM is not an emulated one");
        long begin = System.nanoTime();
        var result = new KvmProbe(pack(), Duration.ofSeconds(3)).run();
        assertThat(result.verdict()).as(result.detail()).isIn(Verdict.TooSlow, Verdict.Failed);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aPackThatDoesNotStartIsReportedAndNotThrown() throws Exception {
        var result = new KvmProbe(new VmmPack(PackKind.FULL, "/nowhere"), Duration.ofSeconds(3)).run();
        assertThat(result.verdict()).isEqualTo(Verdict.Failed);
        assertThat(result.detail()).contains("/nowhere");
    }

    @Test
    void aVmmThatWaitsForItsTurnIsWaitedFor() throws Exception {
        var result = new KvmProbe(vmm("sleep 3; exit " + ProbeGuest.EXIT_STATUS), Duration.ofSeconds(1)).run();
        assertThat(result.verdict()).as(result.detail()).isEqualTo(Verdict.Usable);
    }

    @Test
    void aVmmThatSpinsIsTooSlow() throws Exception {
        var result = new KvmProbe(vmm("while :; do :; done"), Duration.ofSeconds(1)).run();
        assertThat(result.verdict()).isEqualTo(Verdict.TooSlow);
    }

    @Test
    void aVmmThatHangsIsTooSlowToo() throws Exception {
        var result = new KvmProbe(vmm("exec sleep 60"), Duration.ofMillis(100)).run();
        assertThat(result.verdict()).isEqualTo(Verdict.TooSlow);
    }

    @Test
    void aVmmThatStandsStillAfterAnErrorIsNotWaitedFor() throws Exception {
        var result =
                new KvmProbe(vmm("echo KVM internal error. Suberror: 1; exec sleep 60"), Duration.ofMinutes(1)).run();
        assertThat(result.verdict()).isEqualTo(Verdict.Failed);
        assertThat(result.detail()).endsWith("(KVM internal error. Suberror: 1)");
    }

    @Test
    void theProbeGetsWhatCpuIsLeft() throws Exception {
        var result = new KvmProbe(
                        vmm("sleep 1; [ $(nice) = 19 ] && exit " + ProbeGuest.EXIT_STATUS), Duration.ofSeconds(1))
                .run();
        assertThat(result.verdict()).as(result.detail()).isEqualTo(Verdict.Usable);
    }

    /** What stands in for a VMM: a pack starts with its own dynamic loader. */
    private VmmPack vmm(String script) throws IOException {
        var loader = directory.resolve("lib/ld-linux-x86-64.so.2");
        Files.createDirectories(loader.getParent());
        Files.writeString(loader, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(loader, PosixFilePermissions.fromString("rwx------"));
        return new VmmPack(PackKind.FULL, directory.toString());
    }

    private static VmmPack pack() throws IOException, InterruptedException {
        var packs = TestPacks.directory();
        var name = Files.readString(packs.resolve("qemu.current")).strip();
        return new VmmPack(PackKind.FULL, packs.resolve(name).toString());
    }
}

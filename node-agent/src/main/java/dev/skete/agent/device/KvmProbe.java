package dev.skete.agent.device;

import dev.skete.agent.device.KvmResult.Verdict;
import dev.skete.agent.linux.Libc;
import dev.skete.agent.vmm.VmmPack;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a tiny guest on KVM and looks whether it gets through in time. Nested virtualization without the hardware's help has a
 * {@code /dev/kvm} that opens, and runs guests a hundred times slower than emulation, or not at all.
 * <p>
 * The time is the VMM's own on a CPU: on a node that is busy just when its agent starts, real KVM must not be taken for a false one.
 */
public final class KvmProbe {
    private static final int MAX_OUTPUT = 4096;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /** So many times the CPU's is the clock's, for a VMM that waits for something else than a CPU. */
    private static final int PATIENCE = 20;

    private static final String INTERNAL_ERROR = "internal error";

    private final VmmPack pack;
    private final Duration timeout;

    /**
     * A probe.
     *
     * @param pack the full QEMU, by its path on the node: the small one has no isa-debug-exit
     * @param timeout of CPU
     */
    public KvmProbe(VmmPack pack, Duration timeout) {
        this.pack = pack;
        this.timeout = timeout;
    }

    public KvmResult run() throws InterruptedException {
        try {
            var directory = Files.createTempDirectory("kvm-probe");
            var guest = directory.resolve("guest.elf");
            var output = directory.resolve("output");
            try {
                Files.write(guest, ProbeGuest.elf());
                return run(guest, output);
            } finally {
                Files.deleteIfExists(guest);
                Files.deleteIfExists(output);
                Files.delete(directory);
            }
        } catch (IOException e) {
            return new KvmResult(Verdict.Failed, "the probe could not be started: " + e.getMessage());
        }
    }

    private KvmResult run(Path guest, Path output) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command(guest))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(pack.environment());
        long begin = System.nanoTime();
        var vmm = builder.start();
        try {
            // A false KVM spins until it is found out, and the agent has guests to take over meanwhile.
            Libc.giveWay((int) vmm.pid());
            return ends(vmm, output) ? ended(vmm.exitValue(), begin, output) : tooSlow(output);
        } finally {
            vmm.destroyForcibly().waitFor();
        }
    }

    private boolean ends(Process vmm, Path output) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        do {
            if (vmm.waitFor(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } while (cpuTime(vmm).compareTo(timeout) < 0
                && System.nanoTime() - begin < PATIENCE * timeout.toNanos()
                && !firstLine(output).contains(INTERNAL_ERROR));
        return false;
    }

    private static Duration cpuTime(Process vmm) {
        return vmm.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private List<String> command(Path guest) {
        var words = new ArrayList<>(pack.program());
        words.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"));
        words.addAll(List.of("-M", "microvm,acpi=off,pit=off,pic=off,rtc=off", "-accel", "kvm", "-m", "16M"));
        words.addAll(List.of("-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"));
        words.addAll(List.of("-kernel", guest.toString()));
        return words;
    }

    private static KvmResult ended(int status, long begin, Path output) throws IOException {
        if (status == ProbeGuest.EXIT_STATUS) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            return new KvmResult(Verdict.Usable, "the probe guest ended in %d ms".formatted(millis));
        }
        return new KvmResult(Verdict.Failed, "QEMU ended with status %d%s".formatted(status, firstLine(output)));
    }

    private KvmResult tooSlow(Path output) throws IOException {
        var said = firstLine(output);
        return said.contains(INTERNAL_ERROR)
                ? new KvmResult(Verdict.Failed, "KVM here cannot run ordinary instructions" + said)
                : new KvmResult(
                        Verdict.TooSlow,
                        "the probe guest did not end within %d ms of CPU%s".formatted(timeout.toMillis(), said));
    }

    private static String firstLine(Path output) throws IOException {
        try (var in = Files.newInputStream(output)) {
            return new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.contains(": warning: "))
                    .findFirst()
                    .map(line -> " (" + line.strip() + ")")
                    .orElse("");
        }
    }
}

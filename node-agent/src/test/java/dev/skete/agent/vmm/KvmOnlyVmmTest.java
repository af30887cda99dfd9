package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Accelerator;
import dev.skete.api.Boot;
import dev.skete.api.Entropy;
import dev.skete.api.LaunchPlan;
import dev.skete.api.MachineType;
import dev.skete.api.Nic;
import dev.skete.api.NicModel;
import dev.skete.api.Quoting;
import dev.skete.api.Shutdown;
import dev.skete.api.Stdin;
import dev.skete.api.VnetHeader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KvmOnlyVmmTest {
    private static final String PACK = "/skete/vmm/pack-1";
    private static final List<String> LOADER =
            List.of(PACK + "/lib/ld-linux-x86-64.so.2", "--library-path", PACK + "/lib");

    @Test
    void uhyveGetsItsOptionsThenTheApplicationThenEachWordQuotedAsHermitReadsIt() throws Exception {
        var plan = plan("uhyve", Accelerator.KVM, 64, 2, VnetHeader.Enabled, List.of("${env}", "--", "${args}"));
        var command = Vmm.named("uhyve").command(launch(plan, List.of("-v", "two words"), Map.of("MODE", "a b")));

        assertThat(command.argv())
                .startsWith(LOADER.toArray(String[]::new))
                .endsWith(
                        PACK + "/bin/uhyve",
                        "--memory-size",
                        "64MiB",
                        "--cpu-count",
                        "2",
                        "--file-isolation",
                        "strict",
                        "--tempdir",
                        "/dev/shm",
                        "--",
                        "/app",
                        "'env=MODE=a b'",
                        "--",
                        "-v",
                        "'two words'");
        assertThat(command.environment()).containsOnlyKeys("RUST_LOG");
        assertThat(command.exits().statusFor(7)).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"-ip ${net.ip}, 0, true", "-v, 8080, true", "-v, 0, false"})
    void uhyveGetsThePodsTapWhereSomethingAsksForANetwork(String element, int port, boolean network) throws Exception {
        var ports = port == 0 ? List.<Integer>of() : List.of(port);
        var plan = plan("uhyve", Accelerator.KVM, 64, 1, VnetHeader.Enabled, List.of(element), ports);
        var argv = Vmm.named("uhyve").command(launch(plan, List.of(), Map.of())).argv();
        assertThat(argv.contains("--net")).isEqualTo(network);
        if (network) {
            assertThat(argv).containsSequence("--net", "tap:tap0");
        }
    }

    @Test
    void onlyUhyvesGuestsHaveTheTapsOwnAddress() throws Exception {
        assertThat(Vmm.named("uhyve").guestHasTapsMac()).isTrue();
        assertThat(Vmm.named("solo5-hvt").guestHasTapsMac()).isFalse();
        assertThat(Vmm.named("qemu").guestHasTapsMac()).isFalse();
    }

    @Test
    void solo5HvtGetsThePodsTapAndAddress() throws Exception {
        var plan = plan(
                "solo5-hvt",
                Accelerator.KVM,
                32,
                1,
                VnetHeader.Disabled,
                List.of("--ipv4=${net.ip}/${net.prefix}", "${args}"));

        assertThat(Vmm.named("solo5-hvt")
                        .command(launch(plan, List.of("-l", "debug"), Map.of()))
                        .argv())
                .startsWith(LOADER.toArray(String[]::new))
                .endsWith(
                        PACK + "/bin/solo5-hvt",
                        "--mem=32",
                        "--net:service=tap0",
                        "--net-mac:service=0a:58:0a:f4:01:07",
                        "--",
                        "/app",
                        "--ipv4=10.244.1.7/24",
                        "-l",
                        "debug");
    }

    @ParameterizedTest
    @CsvSource({
        "uhyve,     Emulation, 64, 1, Enabled,  KVM only",
        "uhyve,     KVM,       15, 1, Enabled,  at least 16",
        "uhyve,     KVM,       33, 1, Enabled,  even number",
        "solo5-hvt, Emulation, 64, 1, Disabled, KVM only",
        "solo5-hvt, KVM,       64, 2, Disabled, one vCPU",
        "solo5-hvt, KVM,       64, 1, Enabled,  vnetHeader",
    })
    void whatTheVmmCannotDoIsRefused(
            String vmm, Accelerator accelerator, int memory, int cpus, VnetHeader header, String says) {
        var plan = plan(vmm, accelerator, memory, cpus, header, List.of());
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Vmm.named(vmm).command(launch(plan, List.of(), Map.of())))
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(RefusalReason.BadPlan))
                .withMessageContaining(says);
    }

    @Test
    void aVmmNobodyKnowsIsRefusedWithThoseThereAre() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Vmm.named("firecracker"))
                .withMessageContainingAll("firecracker", "qemu", "uhyve", "solo5-hvt");
    }

    private static LaunchPlan plan(
            String vmm, Accelerator accelerator, int memory, int cpus, VnetHeader header, List<String> commandLine) {
        return plan(vmm, accelerator, memory, cpus, header, commandLine, List.of());
    }

    private static LaunchPlan plan(
            String vmm,
            Accelerator accelerator,
            int memory,
            int cpus,
            VnetHeader header,
            List<String> commandLine,
            List<Integer> ports) {
        return new LaunchPlan(
                1,
                vmm,
                accelerator,
                new LaunchPlan.MachinePlan(MachineType.q35, Map.of(), null, 0xf4),
                memory,
                cpus,
                new Boot("/app", null, null),
                new Nic(NicModel.VIRTIO_NET_PCI, Map.of(), header),
                commandLine,
                "env=${name}=${value}",
                Quoting.Posix,
                List.of(),
                Map.of(),
                Shutdown.None,
                ports,
                Stdin.Closed,
                LaunchPlan.Storage.NONE,
                Entropy.None,
                null,
                0);
    }

    private static GuestLaunch launch(LaunchPlan plan, List<String> arguments, Map<String, String> environment)
            throws RefusedException {
        var launch = Launches.of(plan, arguments, environment);
        var kind = Vmm.named(plan.vmm()).packs(plan).getFirst();
        return new GuestLaunch(
                plan,
                launch.pod(),
                arguments,
                launch.environment(),
                launch.network(),
                List.of(),
                VmmPack.inGuest(kind, "pack-1"));
    }
}

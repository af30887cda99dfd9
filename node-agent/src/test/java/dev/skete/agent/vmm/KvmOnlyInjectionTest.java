package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.Fuzz;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@link InjectionTest} says of QEMU, of uhyve and Solo5's hvt. Theirs are command lines of another kind: options, then {@code --}, the
 * kernel, and the guest's words one by one, none of which the VMM reads.
 */
class KvmOnlyInjectionTest {
    @ParameterizedTest
    @ValueSource(strings = {"uhyve", "solo5-hvt"})
    void argumentsAndVariablesComeBehindTheKernelAsTheyAreOrAreRefusedByNumberOrName(String vmm) {
        Fuzz.each(random -> {
            var argument = Fuzz.text(random, 12);
            var value = Fuzz.text(random, 12);
            var plan = plan(vmm, "/app", List.of("${env}", "${args}"), Map.of());
            try {
                var argv = argv(plan, List.of(argument), Map.of("MODE", value));
                int end = argv.indexOf("--");
                assertThat(argv.subList(0, end + 2)).isEqualTo(plain(vmm));
                assertThat(PosixWords.split(String.join(" ", argv.subList(end + 2, argv.size()))))
                        .containsExactly("env=MODE=" + value, argument);
            } catch (RefusedException e) {
                assertThat(e.refusal().text()).containsAnyOf("argument 1 ", "variable MODE ");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"uhyve", "solo5-hvt"})
    void theKernelsPathIsTheOneWordBehindTheOptionsOrRefusedByItsField(String vmm) {
        Fuzz.each(random -> {
            var kernel = (random.nextBoolean() ? "/" : "") + Fuzz.text(random, 8);
            try {
                var argv = argv(plan(vmm, kernel, List.of(), Map.of()), List.of(), Map.of());
                assertThat(argv)
                        .startsWith(plain(vmm).subList(0, plain(vmm).size() - 1).toArray(String[]::new));
                assertThat(argv).endsWith("--", kernel).hasSameSizeAs(plain(vmm));
                assertThat(kernel).startsWith("/").doesNotContain(",", "/../", " ");
            } catch (RefusedException e) {
                assertThat(e.refusal().text()).contains("boot.kernel must be");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"uhyve", "solo5-hvt"})
    void aWordOrAnOptionOfARuntimeIsNoOptionOfTheVmm(String vmm) {
        Fuzz.each(random -> {
            var word = (random.nextBoolean() ? "--" : "") + Fuzz.text(random, 8);
            var options = random.nextBoolean() ? Map.<String, String>of() : Map.of("packed", Fuzz.text(random, 4));
            try {
                var argv = argv(plan(vmm, "/app", List.of("first", word), options), List.of(), Map.of());
                int end = argv.indexOf("--");
                assertThat(argv.subList(0, end + 2)).isEqualTo(plain(vmm));
                assertThat(argv).hasSize(end + 4);
            } catch (RefusedException e) {
                assertThat(e.refusal().text()).containsAnyOf("command line word ", "nic.options.packed must be");
            }
        });
    }

    /** The command of a guest without words, up to and with its kernel. */
    private static List<String> plain(String vmm) throws RefusedException {
        return argv(plan(vmm, "/app", List.of(), Map.of()), List.of(), Map.of());
    }

    private static List<String> argv(LaunchPlan plan, List<String> arguments, Map<String, String> environment)
            throws RefusedException {
        return Vmm.named(plan.vmm())
                .command(Launches.of(plan, arguments, environment))
                .argv();
    }

    private static LaunchPlan plan(
            String vmm, String kernel, List<String> commandLine, Map<String, String> nicOptions) {
        return new LaunchPlan(
                1,
                vmm,
                Accelerator.KVM,
                new LaunchPlan.MachinePlan(MachineType.q35, Map.of(), null, 0xf4),
                64,
                1,
                new Boot(kernel, null, null),
                new Nic(NicModel.VIRTIO_NET_PCI, nicOptions, VnetHeader.Disabled),
                commandLine,
                "env=${name}=${value}",
                Quoting.Posix,
                List.of(),
                Map.of(),
                Shutdown.None,
                List.of(8080),
                Stdin.Closed,
                LaunchPlan.Storage.NONE,
                Entropy.None,
                null,
                0);
    }
}

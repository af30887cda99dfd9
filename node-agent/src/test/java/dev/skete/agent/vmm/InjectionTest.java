package dev.skete.agent.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.Fuzz;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Boot;
import dev.skete.api.DiskAccess;
import dev.skete.api.Entropy;
import dev.skete.api.FileChannel;
import dev.skete.api.LaunchPlan;
import dev.skete.api.Nic;
import dev.skete.api.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No string of the API becomes more than it is: it is one value of QEMU's command line, or refused by its field's name. */
class InjectionTest {
    private final Qemu qemu = new Qemu();

    /** What is expected of a launch with an evil value in one place. */
    private record Outcome(List<String> argv, String refusal) {}

    @Test
    void argumentsAndVariablesReachTheGuestAsTheyAreOrAreRefusedByNumberOrName() {
        Fuzz.each(random -> {
            var argument = Fuzz.text(random, 12);
            var value = Fuzz.text(random, 12);
            var plan = Launches.withCommandLine(Launches.hermit(), Quoting.Posix, List.of("${env}", "${args}"));
            var outcome = outcome(Launches.of(plan, List.of(argument), Map.of("MODE", value)));
            if (outcome.argv().isEmpty()) {
                assertThat(outcome.refusal()).containsAnyOf("argument 1 ", "variable MODE ");
            } else {
                var line = outcome.argv().get(outcome.argv().indexOf("-append") + 1);
                assertThat(PosixWords.split(line)).containsExactly("env=MODE=" + value, argument);
                assertSameOptions(outcome.argv(), plan);
            }
        });
    }

    @Test
    void aCommandLineWordOfARuntimeIsOneWordOrRefusedByItsText() {
        Fuzz.each(random -> {
            var word = Fuzz.text(random, 12);
            var plan = Launches.withCommandLine(Launches.hermit(), Quoting.Posix, List.of("first", word));
            var outcome = outcome(Launches.of(plan, List.of(), Map.of()));
            if (outcome.argv().isEmpty()) {
                assertThat(outcome.refusal()).contains("command line word ");
            } else if (!word.contains("${")) {
                var line = outcome.argv().get(outcome.argv().indexOf("-append") + 1);
                assertThat(PosixWords.split(line)).containsExactly("first", word);
            }
        });
    }

    @Test
    void imagePathsAreOneValueOrRefusedByTheirField() {
        Fuzz.each(random -> {
            var path = "/" + Fuzz.text(random, 8);
            var plan = Launches.withStorage(
                    Launches.hermit(), new Boot("/hermit/loader", path, null), LaunchPlan.Storage.NONE, Entropy.None);
            var outcome = outcome(Launches.of(plan, List.of(), Map.of()));
            if (outcome.argv().isEmpty()) {
                assertThat(outcome.refusal()).contains("boot.initrd must be");
            } else {
                assertThat(outcome.argv()).containsSequence("-initrd", path);
                assertThat(path).doesNotContain(",", "/../", " ");
                assertSameOptions(outcome.argv(), Launches.hermit());
            }
        });
    }

    @Test
    void machineAndNetworkOptionsAreTheApisOrRefusedByTheirField() {
        Fuzz.each(random -> {
            var key = random.nextBoolean() ? "packed" : Fuzz.text(random, 6);
            var value = random.nextBoolean() ? "on" : Fuzz.text(random, 6);
            var hermit = Launches.hermit();
            var outcome = outcome(Launches.of(
                    Launches.withNic(
                            hermit,
                            new Nic(
                                    hermit.nic().model(),
                                    Map.of(key, value),
                                    hermit.nic().vnetHeader())),
                    List.of(),
                    Map.of()));
            if (outcome.argv().isEmpty()) {
                assertThat(outcome.refusal()).contains("nic.options");
            } else {
                assertThat(Nic.OPTION_NAMES).contains(key);
                assertThat(List.of("on", "off", "auto", "split")).contains(value);
            }
        });
    }

    @Test
    void volumeNamesMountPathsAndFileKeysAreOneValueOrRefused() {
        Fuzz.each(random -> {
            var name = random.nextBoolean() ? "conf" : Fuzz.text(random, 6);
            var path = random.nextBoolean() ? "/etc" : "/" + Fuzz.text(random, 6);
            var key = random.nextBoolean() ? "key" : Fuzz.text(random, 6);
            var storage = new LaunchPlan.Storage(
                    FileChannel.FwCfg,
                    List.of(new LaunchPlan.Mount(name, path)),
                    "${tag}:${path}",
                    List.of(new LaunchPlan.Disk(
                            random.nextBoolean() ? "data" : Fuzz.text(random, 6), DiskAccess.ReadOnly)));
            var plan = Launches.withStorage(Launches.hermit(), Launches.hermit().boot(), storage, Entropy.None);
            var file = name + "/" + key;
            var outcome = outcome(Launches.withFiles(plan, List.of(file)));
            if (outcome.argv().isEmpty()) {
                assertThat(outcome.refusal()).containsAnyOf("storage.", "the file ");
            } else {
                var blob = outcome.argv().get(outcome.argv().indexOf("-fw_cfg") + 1);
                assertThat(keys(blob))
                        .containsExactly("name=opt/skete" + path + "/" + key, "file=/skete-files/" + file);
            }
        });
    }

    private Outcome outcome(GuestLaunch launch) {
        try {
            return new Outcome(qemu.command(launch).argv(), "");
        } catch (RefusedException e) {
            return new Outcome(List.of(), e.refusal().text());
        }
    }

    /** The options of the command, without their values, are those of the same launch with nothing evil in it. */
    private void assertSameOptions(List<String> argv, LaunchPlan plan) throws RefusedException {
        var plain = qemu.command(Launches.of(plan, List.of("a"), Map.of("MODE", "b")))
                .argv();
        assertThat(argv).hasSameSizeAs(plain);
        for (int i = 0; i < argv.size(); i++) {
            if (i > 0 && (plain.get(i - 1).equals("-append") || plain.get(i - 1).equals("-initrd"))) {
                continue;
            }
            assertThat(argv.get(i)).isEqualTo(plain.get(i));
        }
    }

    /** Splits an option as QEMU's get_opt_value does (util/qemu-option.c): a doubled comma is a comma. */
    private static List<String> keys(String option) {
        var keys = new ArrayList<String>();
        var key = new StringBuilder();
        for (int i = 0; i < option.length(); i++) {
            char c = option.charAt(i);
            if (c != ',') {
                key.append(c);
            } else if (i + 1 < option.length() && option.charAt(i + 1) == ',') {
                key.append(',');
                i++;
            } else {
                keys.add(key.toString());
                key.setLength(0);
            }
        }
        keys.add(key.toString());
        return keys;
    }
}

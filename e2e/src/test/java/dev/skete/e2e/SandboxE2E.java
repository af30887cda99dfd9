package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.e2e.cluster.Faults;
import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.fixture.VmmProcess;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands around a guest's QEMU if the guest breaks out of it: read from /proc of guests that run (docs/security.md). */
@OnCluster
class SandboxE2E {
    private static final String MARKER = "only-the-guest-may-see-this";
    private static final String TAP = "/var/lib/skete/dev/tun";
    private static final List<String> CAPABILITIES = List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb");

    @ParameterizedTest
    @ValueSource(strings = {"elf", "hermit"})
    void aGuestsProcessesAreConfined(String family, Sandbox sandbox) {
        var reachable = sandbox.installation().cluster().faults();
        assumeTrue(reachable.isPresent(), "this cluster's nodes cannot be reached");
        var env = "env: [{name: TOKEN, value: " + MARKER + "}]";
        sandbox.apply(family.equals("elf") ? Guests.hello("guest", 1, env) : Guests.hermitServer("guest", env));
        sandbox.awaitReady("guest", 1);
        Pod guest = sandbox.onlyGuest("guest");
        var node = new Node(reachable.get(), guest.getSpec().getNodeName());
        String vmm = new VmmProcess(reachable.get(), guest).pid();
        String launcher = node.status(vmm, "PPid");

        assertIsUnprivileged(node, vmm);
        assertIsUnprivileged(node, launcher);
        // One filter is the container runtime's, another QEMU's own.
        assertThat(Integer.parseInt(node.status(vmm, "Seccomp_filters")))
                .isGreaterThan(Integer.parseInt(node.status(launcher, "Seccomp_filters")));
        assertMountsAreReadOnly(node, vmm);
        assertHoldsOnlyItsDevices(node, vmm);
        assertIsStartedWithoutExtras(node.words(vmm, "cmdline"));
        assertThat(String.join(" ", node.words(vmm, "environ"))).doesNotContain("SKETE_PLAN", MARKER);
        assertThat(systemLogs(sandbox)).isNotEmpty().doesNotContain(MARKER);
        assertThat(node.link(vmm, "ns/net"))
                .isEqualTo(node.link(launcher, "ns/net"))
                .isNotEqualTo(node.link("self", "ns/net"));
        // The node agent listens there, to the guest's DHCP and for kubectl port-forward. Nobody else does.
        assertThat(node.run("nsenter", "--net=/proc/" + vmm + "/ns/net", "ss", "-lntupH")
                        .lines())
                .isNotEmpty()
                .allMatch(socket -> socket.contains("%tap0:67 ") || socket.contains(" 127.0.0.1:8080 "))
                .noneMatch(socket -> socket.contains("pid=" + vmm) || socket.contains("pid=" + launcher));
    }

    private static String systemLogs(Sandbox sandbox) {
        return sandbox.installation()
                .kubectl(
                        "--namespace=" + Installation.NAMESPACE,
                        "logs",
                        "--selector=app.kubernetes.io/name=skete",
                        "--all-containers",
                        "--tail=-1")
                .run();
    }

    private static void assertIsUnprivileged(Node node, String pid) {
        assertThat(node.status(pid, "Uid").split("\t")).containsOnly("65532");
        assertThat(node.status(pid, "Gid").split("\t")).containsOnly("65532");
        assertThat(node.status(pid, "NoNewPrivs")).isEqualTo("1");
        assertThat(node.status(pid, "Seccomp")).isEqualTo("2");
        for (var set : CAPABILITIES) {
            assertThat(node.status(pid, set)).as(set).isEqualTo("0000000000000000");
        }
    }

    /** Fields of a line are those of proc_pid_mountinfo(5): the fifth is the mount point, the sixth its options. */
    private static void assertMountsAreReadOnly(Node node, String pid) {
        var options = node.run("cat", "/proc/" + pid + "/mountinfo")
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(fields -> fields[4], fields -> fields[5], (below, above) -> above));
        assertThat(options).extractingByKeys("/", "/skete").allMatch(o -> o.startsWith("ro"));
        assertThat(options.keySet()).noneMatch(point -> point.contains("serviceaccount"));
    }

    private static void assertHoldsOnlyItsDevices(Node node, String pid) {
        var open = node.run("sh", "-c", "for fd in /proc/" + pid + "/fd/*; do readlink $fd; done")
                .lines()
                .toList();
        // The tap was opened by the agent, by the path that it has there.
        assertThat(open)
                .containsOnlyOnce(TAP)
                .allMatch(file ->
                        file.equals(TAP) || file.matches("/dev/null|/dev/u?random|(pipe|socket|anon_inode):.*"));
    }

    private static void assertIsStartedWithoutExtras(List<String> words) {
        assertThat(words).contains("-nodefaults", "-no-user-config", "-sandbox");
        assertThat(words).anyMatch(word -> word.contains("mem-merge=off") && word.contains("dump-guest-core=off"));
        assertThat(words).noneMatch(word -> word.startsWith("user,"));
    }

    private record Node(Faults faults, String name) {

        String run(String... command) {
            return faults.onNode(name, command);
        }

        String status(String pid, String field) {
            var prefix = field + ":";
            return run("cat", "/proc/" + pid + "/status")
                    .lines()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + field + " in the status of " + pid));
        }

        List<String> words(String pid, String file) {
            return Arrays.asList(run("cat", "/proc/" + pid + "/" + file).split("\0"));
        }

        String link(String pid, String file) {
            return run("readlink", "/proc/" + pid + "/" + file).strip();
        }
    }
}

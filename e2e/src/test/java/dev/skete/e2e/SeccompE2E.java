package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.e2e.cluster.Faults;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Registry;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.fixture.VmmProcess;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The chart's value guests.seccompProfile, from there to what the kernel refuses in a guest's container, and back. */
@OnCluster
@Isolated("changes what all guests run under, and uninstalls Skete")
class SeccompE2E {
    private static final String FILE = "/var/lib/kubelet/seccomp/skete/vmm.json";
    private static final String PULL = "pod: {imagePullSecrets: [{name: registry}]}";

    @Test
    void guestsRunUnderSketesOwnProfileWhichRefusesWhatTheyDoNotUse(Sandbox sandbox, @TempDir Path context)
            throws IOException {
        var installation = sandbox.installation();
        var reachable = installation.cluster().faults();
        assumeTrue(reachable.isPresent(), "nobody else's cluster is changed, nor its nodes looked into");
        var faults = reachable.get();
        try (var registry = Registry.start(sandbox, faults)) {
            installation.install("--set", "guests.seccompProfile=RuntimeDefault");
            sandbox.apply(guestWithAShell(sandbox, registry, context));
            sandbox.await(
                    "a guest under the container runtime's profile",
                    () -> sandbox.guests("shell"),
                    guests -> guests.stream().noneMatch(SeccompE2E::isUnderSketesProfile));
            sandbox.awaitReady("shell", 1);
            assertThat(attempt(sandbox, "mkdir", "/dev/shm/made")).isEmpty();
            assertThat(attempt(sandbox, "nc", "127.0.0.1", "1")).contains("Connection refused");

            installation.install("--set", "guests.seccompProfile=Localhost");
            sandbox.await(
                    "the guest under Skete's profile",
                    () -> sandbox.guests("shell"),
                    guests -> guests.stream().allMatch(SeccompE2E::isUnderSketesProfile));
            sandbox.awaitReady("shell", 1);
            assertHasBothFilters(faults, sandbox.onlyGuest("shell"));
            assertThat(attempt(sandbox, "mkdir", "/dev/shm/made2"))
                    .contains("can't create directory '/dev/shm/made2': Operation not permitted");
            assertThat(attempt(sandbox, "nc", "127.0.0.1", "1")).contains("socket", "Operation not permitted");
            uninstalled(sandbox, faults);
        } finally {
            installation.install();
        }
    }

    private static boolean isUnderSketesProfile(Pod guest) {
        return new SeccompProfile("skete/vmm.json", "Localhost")
                .equals(guest.getSpec().getSecurityContext().getSeccompProfile());
    }

    /** The container's and QEMU's own on top. */
    private static void assertHasBothFilters(Faults faults, Pod guest) {
        var status = faults.onNode(
                guest.getSpec().getNodeName(), "cat", "/proc/" + new VmmProcess(faults, guest).pid() + "/status");
        assertThat(status).containsPattern("Seccomp:\\s+2").containsPattern("Seccomp_filters:\\s+2");
    }

    /** What a program in the guest's own container is told, beside launcher and QEMU, and under the same filter as they. */
    private static String attempt(Sandbox sandbox, String... command) {
        var guest = sandbox.onlyGuest("shell").getMetadata().getName();
        var words = new ArrayList<>(List.of("exec", guest, "--", "/bin/busybox"));
        words.addAll(List.of(command));
        return sandbox.kubectl(words.toArray(String[]::new)).attempt().said();
    }

    private static String guestWithAShell(Sandbox sandbox, Registry registry, Path context) throws IOException {
        var hello = sandbox.installation().checkout().resolve("examples/guests/hello/target/hello.elf");
        Files.copy(hello, context.resolve("guest.elf"));
        Files.copy(Path.of("/bin/busybox"), context.resolve("busybox"));
        registry.push("team/shell:1", context, "FROM scratch\nCOPY guest.elf /guest.elf\nCOPY busybox /bin/busybox\n");
        sandbox.kubectl(registry.pullSecret()).run();
        return Guests.hello("shell", 1, PULL).replace("localhost/skete/hello:dev", registry.image("team/shell:1"));
    }

    private static void uninstalled(Sandbox sandbox, Faults faults) {
        var nodes = sandbox.client().nodes().list().getItems();
        assertThat(nodes)
                .allSatisfy(node -> assertThat(faults.onNode(node.getMetadata().getName(), "ls", FILE))
                        .contains(FILE));
        sandbox.kubectl("delete", "unikernels", "--all", "--timeout=60s").run();
        sandbox.await("no guest left", () -> sandbox.guests("shell"), List::isEmpty);
        sandbox.installation().uninstall();
        for (var node : nodes) {
            sandbox.await(
                    "no profile left",
                    () -> faults.onNode(node.getMetadata().getName(), "sh", "-c", "test -e " + FILE + " || echo gone"),
                    said -> said.strip().equals("gone"));
        }
    }
}

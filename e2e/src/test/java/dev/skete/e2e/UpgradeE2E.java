package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.e2e.cluster.Faults;
import dev.skete.e2e.fixture.ImageArchive;
import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.fixture.VmmProcess;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** From this release to one whose images have another tag and whose VMM packs have another version, and back again. */
@OnCluster
@Isolated("upgrades Skete")
class UpgradeE2E {
    private static final String NEXT_PACKS = """
            for current in packs/*.current; do
              pack=$(cat $current); mv packs/$pack packs/${pack%-*}-next; echo ${pack%-*}-next > $current
            done
            """;

    @Test
    void guestsRunOnAndNewOnesUseTheNewRelease(Sandbox sandbox) {
        var installation = sandbox.installation();
        var faults = installation.cluster().faults();
        assumeTrue(faults.isPresent(), "the guests' processes can be looked at on the embedded cluster only");
        installation.cluster().load(nextRelease(installation));
        sandbox.apply(Guests.hello("steady", 2));
        sandbox.awaitReady("steady", 2);
        var neighbour = sandbox.neighbour("neighbour");
        sandbox.await("the Service to answer", () -> neighbour.get("http://steady/healthz"), answer -> true);
        var before = lives(sandbox, "steady");
        var load = neighbour.load("http://steady/");
        sandbox.await("requests before the upgrade", load::requests, n -> n > 20);

        installation.install("--set", "image.tag=next");
        try {
            int after = load.requests();
            sandbox.await("requests after the upgrade", load::requests, n -> n > after + 20);
            assertThat(load.end()).as("failed requests").isEmpty();
            assertThat(lives(sandbox, "steady")).isEqualTo(before);

            sandbox.apply(Guests.hello("anew", 1));
            sandbox.awaitReady("anew", 1);
            var anew = sandbox.onlyGuest("anew");
            assertThat(vmm(faults.orElseThrow(), anew).commandLine()).contains("-next/");
            aGuestOfTheOldReleaseIsStartedAgainByTheNewOne(sandbox, faults.orElseThrow());
        } finally {
            installation.install();
        }
        assertThat(lives(sandbox, "anew")).as("after the way back").allMatch(life -> life.endsWith(" restarts 0"));
        assertThat(vmm(faults.orElseThrow(), sandbox.onlyGuest("anew")).commandLine())
                .contains("-next/");
    }

    private static void aGuestOfTheOldReleaseIsStartedAgainByTheNewOne(Sandbox sandbox, Faults faults) {
        var guest = sandbox.guests("steady").getFirst();
        assertThat(vmm(faults, guest).commandLine()).doesNotContain("-next/");
        vmm(faults, guest).kill();
        sandbox.await("its new VMM", () -> vmm(faults, guest).commandLine(), words -> words.contains("-next/"));
        sandbox.awaitReady("steady", 2);
    }

    private static VmmProcess vmm(Faults faults, Pod guest) {
        return new VmmProcess(faults, guest);
    }

    private static List<Path> nextRelease(Installation installation) {
        var images = installation.checkout().resolve("target/images");
        return List.of(
                ImageArchive.retag(images.resolve("operator.tar"), "skete/operator:dev", "skete/operator:next"),
                ImageArchive.retag(images.resolve("node-agent.tar"), "skete/node-agent:dev", "skete/node-agent:next"),
                ImageArchive.change(
                        images.resolve("vmm-qemu.tar"),
                        "skete/vmm-qemu:dev",
                        "skete/vmm-qemu:next",
                        "packs",
                        NEXT_PACKS));
    }

    private static List<String> lives(Sandbox sandbox, String name) {
        return sandbox.guests(name).stream()
                .map(pod -> {
                    var container = pod.getStatus().getContainerStatuses().getFirst();
                    return pod.getMetadata().getName() + " " + container.getContainerID() + " restarts "
                            + container.getRestartCount();
                })
                .sorted()
                .toList();
    }
}

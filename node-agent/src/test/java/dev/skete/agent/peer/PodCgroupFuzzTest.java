package dev.skete.agent.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A workload names the cgroups below its own as it likes. */
class PodCgroupFuzzTest {
    private static final String UID = "3c1d5c0e-6f0a-4c56-9e07-5a2f1b7d9e11";
    private static final String OTHER = "00000000-0000-4000-8000-000000000000";
    private static final String ID = "c0ffee00".repeat(8);
    private static final String OWN = "11:memory:/kubepods/burstable/pod" + UID + "/" + ID;
    private static final String[] PARTS = {
        "/pod" + OTHER, "/" + "0".repeat(64), "/..", "kubepods-pod", ".slice", ":cri-containerd:", "a-".repeat(127)
    };

    @Test
    void whateverIsBelowAPodsCgroupItStaysThatPods() {
        Fuzz.each(random -> {
            var below = new String(Fuzz.mutated(random, "/a/b".getBytes(UTF_8), PARTS), UTF_8);
            assertThat(PodCgroup.identity(List.of(OWN + "/" + below))).contains(new PodIdentity(UID, ID));
        });
    }

    @Test
    void anyLineGivesAWholeIdentityOrNone() {
        Fuzz.each(random -> {
            var line = new String(Fuzz.mutated(random, OWN.getBytes(UTF_8), PARTS), UTF_8);
            PodCgroup.identity(List.of(line)).ifPresent(found -> {
                assertThat(found.podUid()).matches("[0-9a-f-]{32,36}");
                assertThat(found.containerId()).matches("[0-9a-f]{64}");
            });
        });
    }
}

package dev.skete.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skete.e2e.chaos.NodeView.PodProcess;
import dev.skete.e2e.chaos.NodeView.Role;
import org.junit.jupiter.api.Test;

class NodeViewTest {
    private static final String GUEST = "4f7a1c5e-0d3b-4a55-9b1e-2f6f1f1f0a01";
    private static final String AGENT = "4f7a1c5e-0d3b-4a55-9b1e-2f6f1f1f0a02";

    @Test
    void processesAreKnownByTheirPodAndWhatTheyRun() {
        var view = NodeView.parse("""
                process 21/cgroup:pod4f7a1c5e-0d3b-4a55-9b1e-2f6f1f1f0a01
                process 22/cgroup:pod4f7a1c5e_0d3b_4a55_9b1e_2f6f1f1f0a01
                process 23/cgroup:pod4f7a1c5e-0d3b-4a55-9b1e-2f6f1f1f0a01
                process 31/cgroup:pod4f7a1c5e-0d3b-4a55-9b1e-2f6f1f1f0a02
                vmm 22/cmdline
                launcher 21/cmdline
                skete 31/cmdline
                sockets 31/cmdline 17
                stopped 22/status:State:	T (stopped)
                group /sys/fs/cgroup/pids/skete-node1/kubepods/pod4f7a1c5e-0d3b-4a55-9b1e-2f6f1f1f0a01
                mount pods/4f7a1c5e-0d3b-4a55-9b1e-2f6f1f1f0a02
                network net:[4026532311]
                """);

        assertThat(view.processes())
                .containsExactlyInAnyOrder(
                        new PodProcess(21, GUEST, Role.LAUNCHER, false),
                        new PodProcess(22, GUEST, Role.VMM, true),
                        new PodProcess(23, GUEST, Role.OTHER, false),
                        new PodProcess(31, AGENT, Role.SKETE, false));
        assertThat(view.groups()).containsExactly(GUEST);
        assertThat(view.mounts()).containsExactly(AGENT);
        assertThat(view.networks()).isOne();
        assertThat(view.taps()).isZero();
        assertThat(view.sockets()).containsEntry(AGENT, 17);
    }

    @Test
    void aLineThatNobodyWroteIsNoView() {
        assertThatThrownBy(() -> NodeView.parse("sh: grep: not found"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("grep: not found");
    }
}

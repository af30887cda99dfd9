package dev.skete.agent.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodCgroupTest {
    private static final String UID = "3c1d5c0e-6f0a-4c56-9e07-5a2f1b7d9e11";
    private static final String SLICE = "pod3c1d5c0e_6f0a_4c56_9e07_5a2f1b7d9e11.slice";
    private static final String ID = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";
    private static final String OTHER = "00000000-0000-4000-8000-000000000000";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11:memory:/kubepods/burstable/pod" + UID + "/" + ID,
                "11:memory:/kubepods/pod" + UID + "/" + ID,
                "4:cpu,cpuacct:/skete-node1/kubepods/besteffort/pod" + UID + "/" + ID,
                "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-" + SLICE + "/cri-containerd-" + ID
                        + ".scope",
                "0::/kubepods.slice/kubepods-" + SLICE + "/crio-" + ID + ".scope",
                "0::/kubelet.slice/kubelet-kubepods.slice/kubepods-besteffort-" + SLICE + "/cri-containerd-" + ID
                        + ".scope",
                "0::/../../kubepods-burstable-" + SLICE + "/cri-containerd-" + ID + ".scope",
                "0::/../../../burstable/pod" + UID + "/" + ID,
                "0::/system.slice/containerd.service/kubepods-burstable-" + SLICE + ":cri-containerd:" + ID,
                "0::/docker/" + ID + "/kubelet/kubepods/burstable/pod" + UID + "/" + ID,
            })
    void aContainerOfAPodIsRecognisedWhateverMadeItsCgroup(String line) {
        assertThat(PodCgroup.identity(List.of(line))).contains(new PodIdentity(UID, ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0::/",
                "0::/user.slice/user-1000.slice/session-1.scope",
                "0::/system.slice/sshd.service",
                "11:memory:/docker/" + ID,
                "11:memory:/kubepods/burstable/pod" + UID,
                "11:memory:/kubepods/burstable/podnonsense/" + ID,
                "not a cgroup line"
            })
    void everythingElseIsNotAPod(String line) {
        assertThat(PodCgroup.identity(List.of(line))).isEmpty();
    }

    @Test
    void aCgroupThatAWorkloadMakesBelowItsOwnDoesNotChangeWhoItIs() {
        var line = "11:memory:/kubepods/pod" + UID + "/" + ID + "/kubepods/pod" + OTHER + "/" + ID;
        assertThat(PodCgroup.identity(List.of(line))).contains(new PodIdentity(UID, ID));
    }

    @Test
    void hierarchiesThatDisagreeIdentifyNobody() {
        assertThat(PodCgroup.identity(List.of(
                        "2:cpu:/kubepods/pod" + UID + "/" + ID, "1:name=systemd:/kubepods/pod" + OTHER + "/" + ID)))
                .isEmpty();
    }

    @Test
    void hierarchiesThatTheRuntimeDoesNotUseDoNotMatter() {
        assertThat(PodCgroup.identity(List.of("2:cpu:/kubepods/pod" + UID + "/" + ID, "1:name=systemd:/init", "0::/")))
                .contains(new PodIdentity(UID, ID));
    }
}

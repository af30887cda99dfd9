package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The agent works in directories of its own: no pod can change them, and what lies there is replaced and not followed. */
class PlantedFilesIT extends AgentScene {
    /** Each would be a way to lead the agent or another guest astray. In a pod of the kubelet's the mount is read-only besides. */
    private static final String PLANTING = """
            cd /skete
            rm -f run/agent.sock
            mv run/qmp.sock run/other.sock
            ln -s /etc/shadow run/link
            ln -sf /etc/shadow bin/launch
            chmod 777 run bin vmm
            echo evil >bin/launch
            echo evil >vmm/qemu.current
            mkdir vmm/qemu-evil
            touch evil run/evil
            exit 0
            """;

    @Test
    void aPodCanChangeNothingThatTheAgentOrOtherGuestsUse() throws Exception {
        var before = files();
        try (var pod = new GuestPod(root)) {
            var container = pod.startInstead("sh", "-c", PLANTING);
            assertThat(container.exitStatus()).isZero();
            assertThat(container.said().lines()).as(container.said()).hasSizeGreaterThanOrEqualTo(11);
        }
        assertThat(files()).isEqualTo(before);
        startOnce();
    }

    @Test
    void whatLiesWhereTheAgentsFilesShouldBeIsReplacedAndNotFollowed() throws Exception {
        stopAgent();
        var precious = Files.writeString(root.resolve("precious"), "data");
        for (var file : List.of(
                "guest/run/agent.sock", "guest/run/qmp.sock", "guest/bin/launch", "guest/bin/launch.new", "dev/tun")) {
            Files.deleteIfExists(root.resolve(file));
            Files.createSymbolicLink(root.resolve(file), precious);
        }
        startAgent();
        assertThat(precious).hasContent("data");
        startOnce();
    }

    private Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(root.resolve("guest"))) {
            for (var path : (Iterable<Path>) all::iterator) {
                files.put(
                        path.toString(),
                        Files.readAttributes(path, "unix:mode,uid,ino,size,lastModifiedTime")
                                .toString());
            }
        }
        return files;
    }
}

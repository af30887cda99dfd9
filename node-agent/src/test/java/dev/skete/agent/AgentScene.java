package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skete.agent.device.TinyGuests;
import dev.skete.agent.report.AgentMetrics;
import dev.skete.agent.report.GuestCondition;
import dev.skete.agent.report.GuestJournal;
import dev.skete.api.GuestReason;
import dev.skete.api.LaunchPlan;
import dev.skete.api.LaunchPlanJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent without a cluster, with real packs and the real launcher, on a node of its own. Needs root. */
@Timeout(60)
abstract class AgentScene {
    private static final Path GUEST_MOUNT = Path.of("/skete");

    @TempDir
    Path root;

    final Map<String, GuestCondition> conditions = new ConcurrentHashMap<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final GuestJournal journal =
            new GuestJournal(news -> conditions.put(news.pod().uid(), news.condition()));
    private boolean madeMountPoint;
    private NodeAgent agent;

    @BeforeEach
    void startNode() throws Exception {
        madeMountPoint = !Files.exists(GUEST_MOUNT);
        Files.createDirectories(GUEST_MOUNT);
        // A temporary directory is its owner's alone; a node's is not.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(root.resolve("guest"));
        run(
                "cp",
                "-r",
                TestPacks.directory().toString(),
                root.resolve("guest/vmm").toString());
        run("launcher/build", root.resolve("launch").toString());
        agent = started();
    }

    void startAgent() throws Exception {
        agent = started();
    }

    private NodeAgent started() throws Exception {
        var config = TestConfig.of(root);
        var agent = new NodeAgent(config, journal, new AgentMetrics(meters));
        new NodePreparation(config).install();
        agent.open();
        agent.offer();
        return agent;
    }

    void stopAgent() {
        agent.close();
    }

    @AfterEach
    void stopNode() throws IOException {
        agent.close();
        if (madeMountPoint) {
            Files.delete(GUEST_MOUNT);
        }
    }

    /** The environment of a guest whose kernel is this file. */
    Map<String, String> guest(byte[] kernel, Map<Integer, Integer> exitCodes) throws IOException {
        return guest(kernel, new TestPlan().exitCodes(exitCodes));
    }

    Map<String, String> guest(byte[] kernel, TestPlan plan) throws IOException {
        return guest(Files.write(root.resolve("guest.elf"), kernel), plan);
    }

    /** The same of a file that is there, or is not. */
    Map<String, String> guest(Path file, TestPlan plan) {
        return Map.of(
                LaunchPlan.VARIABLE,
                LaunchPlanJson.encode(plan.of(file)),
                "SKETE_POD_NAME",
                "hello-1",
                "SKETE_POD_NAMESPACE",
                "shop");
    }

    /** From the start of a container to the end of its guest, which ends by itself. */
    Duration startOnce() throws Exception {
        try (var pod = new GuestPod(root)) {
            long begin = System.nanoTime();
            var container = pod.start(guest(TinyGuests.thatExits(), Map.of(85, 7)));
            assertThat(container.exitStatus()).as(container.said()).isEqualTo(7);
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    /** Waits until the pod would be told one of these reasons; returns the message with it. */
    String awaitReason(GuestPod pod, GuestReason... reasons) {
        return await("one of " + List.of(reasons) + " for pod " + pod.uid)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> Optional.ofNullable(conditions.get(pod.uid)),
                        seen -> seen.map(GuestCondition::reason)
                                .filter(List.of(reasons)::contains)
                                .isPresent())
                .orElseThrow()
                .message();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}

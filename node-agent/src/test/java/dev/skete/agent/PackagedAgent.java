package dev.skete.agent;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The agent as it is shipped: the packaged application in a JVM of its own, with its image's options, on a node that is a directory. */
final class PackagedAgent implements AutoCloseable {
    private final Process process;
    private final Path log;

    private PackagedAgent(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Returns when guests can be launched. */
    static PackagedAgent start(Path root) throws IOException {
        var log = root.resolve("agent.log");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@jvm-options");
        command.addAll(List.of("-jar", "target/agent-runnable.jar"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        var environment = builder.environment();
        environment.put("KUBECONFIG", "/nowhere");
        environment.put("KUBERNETES_MASTER", "http://127.0.0.1:1");
        environment.put("SKETE_AGENT_NODE_NAME", "test");
        environment.put("SKETE_AGENT_ROOT", root.toString());
        environment.put("SKETE_AGENT_KUBELET_DIR", root.resolve("no-kubelet").toString());
        environment.put("SKETE_AGENT_LAUNCHER", root.resolve("launch").toString());
        environment.put("SKETE_AGENT_KVM", "Off");
        environment.put("SKETE_AGENT_PORT", "0");
        var agent = new PackagedAgent(builder.start(), log);
        await("the agent to listen")
                .atMost(Duration.ofMinutes(2))
                .failFast("it ended", () -> !agent.process.isAlive())
                .until(() -> agent.log().contains("Started in"));
        return agent;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** The most memory it has had resident, in MiB. */
    long mostMebibytes() throws IOException {
        return status("VmHWM:") / 1024;
    }

    /** What each of its open descriptors is, but for files: those of its class path come and go. */
    List<String> descriptors() throws IOException {
        var descriptors = new ArrayList<String>();
        try (var open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            for (var descriptor : (Iterable<Path>) open::iterator) {
                descriptors.add(target(descriptor));
            }
        }
        descriptors.removeIf(target -> target.startsWith("/"));
        return descriptors;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    private long status(String field) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
}

package dev.skete.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a guest's container is to the agent: a process in a pod's cgroup, with a network of its own and the agent's files at /skete. Made
 * as the kubelet, the runtime and a CNI plug-in make it; everything is gone when it is closed. Needs root.
 */
final class GuestPod implements AutoCloseable {
    static final String MAC = "0a:58:0a:4e:00:02";

    private static int serial;

    final String uid = UUID.randomUUID().toString();
    private final String name = "sk-agent-" + ProcessHandle.current().pid() + "-" + ++serial;
    private final String link = "ska" + ProcessHandle.current().pid() % 100000 + "-" + serial;
    private final Path directory;
    private final List<Path> cgroups = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final StringBuilder binds = new StringBuilder();
    private @Nullable Path memory;

    GuestPod(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        run("ip", "netns", "add", name);
        run("ip", "link", "add", link, "type", "veth", "peer", "name", "net1", "netns", name);
        run("ip", "link", "set", link, "up");
        run("ip", "-n", name, "link", "set", "lo", "up");
        run("ip", "-n", name, "addr", "add", "10.78.0.2/24", "dev", "net1");
        run("ip", "-n", name, "link", "set", "net1", "address", MAC, "up");
        run("ip", "-n", name, "route", "add", "default", "via", "10.78.0.1");
        makeCgroups("kubepods", "burstable", "pod" + uid, "c0ffee00".repeat(8));
    }

    /** In one hierarchy, as a kubelet's container is in all of them; on cgroup v2 there is but one. */
    private void makeCgroups(String... path) throws IOException {
        var v1 = Path.of("/sys/fs/cgroup/pids");
        var cgroup = (Files.isDirectory(v1) ? v1 : Path.of("/sys/fs/cgroup")).resolve("skete-test-" + name);
        cgroups.add(cgroup);
        for (var part : path) {
            cgroup = cgroup.resolve(part);
            cgroups.addFirst(cgroup);
        }
        Files.createDirectories(cgroup);
    }

    /** Containers that start from now on may use so much memory together, as the kubelet sees to it; the kernel ends them beyond that. */
    void limitMemory(long bytes) throws IOException {
        var v1 = Path.of("/sys/fs/cgroup/memory");
        if (Files.isDirectory(v1)) {
            memory = Files.createDirectory(v1.resolve("skete-test-" + name));
            cgroups.add(memory);
            Files.writeString(memory.resolve("memory.limit_in_bytes"), Long.toString(bytes));
        } else {
            for (var parent : cgroups.subList(1, cgroups.size()).reversed()) {
                Files.writeString(parent.resolve("cgroup.subtree_control"), "+memory");
            }
            Files.writeString(cgroups.getFirst().resolve("memory.max"), Long.toString(bytes));
        }
    }

    /** Gives the node's end of the pod's network the address of the gateway, which somebody has to have for a guest to be answered. */
    void makeNodeTheGateway() throws IOException, InterruptedException {
        run("ip", "addr", "add", "10.78.0.1/24", "dev", link);
    }

    /** Puts a file or directory into containers that start from now on, as a volume; there must be one to cover. */
    void bind(Path source, String target) {
        binds.append("mount --bind %s %s\n".formatted(source, target));
    }

    /** Starts the launcher as the guest's container would. */
    Container start(Map<String, String> environment, String... arguments) throws IOException {
        return start("ip netns exec " + name, environment, launcher(arguments));
    }

    /** Starts another program where the launcher should be: a pod whose image is not a guest. */
    Container startInstead(String... command) throws IOException {
        return startInstead(Map.of(), command);
    }

    Container startInstead(Map<String, String> environment, String... command) throws IOException {
        return start("ip netns exec " + name, environment, List.of(command));
    }

    private static List<String> launcher(String... arguments) {
        return Stream.concat(Stream.of("/skete/bin/launch"), Stream.of(arguments))
                .toList();
    }

    /** The same in the node's network, as a pod with hostNetwork. */
    Container startInHostNetwork(Map<String, String> environment) throws IOException {
        return start("unshare --mount", environment, launcher());
    }

    private Container start(String namespaces, Map<String, String> environment, List<String> program)
            throws IOException {
        var script = """
                set -e
                echo $$ > '%1$s/cgroup.procs'
                %5$s
                exec %2$s sh -ec '
                  mount --make-rprivate /
                  mount --bind %3$s/guest /skete
                  mount --bind %3$s/dev/tun /dev/net/tun
                  %4$s
                  [ ! -e %3$s/dev/kvm ] || mount --bind %3$s/dev/kvm /dev/kvm
                  exec setpriv --reuid 65532 --regid 65532 --clear-groups --no-new-privs --bounding-set=-all "$@"' launch "$@"
                """.formatted(
                        cgroups.getFirst(),
                        namespaces,
                        directory,
                        binds,
                        memory == null ? "" : "echo $$ > '" + memory + "/cgroup.procs'");
        var command = Stream.concat(Stream.of("sh", "-c", script, "pod"), program.stream())
                .toList();
        int number = processes.size();
        var builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve(name + number + ".out").toFile())
                .redirectError(directory.resolve(name + number + ".err").toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().putAll(environment);
        var process = builder.start();
        processes.add(process);
        return new Container(
                process, directory.resolve(name + number + ".out"), directory.resolve(name + number + ".err"));
    }

    /** A container's first process, and what it said. */
    record Container(Process process, Path stdout, Path stderr) {
        int exitStatus() throws InterruptedException {
            return process.waitFor();
        }

        String said() throws IOException {
            return Files.readString(stderr);
        }

        /** What its guest wrote. */
        byte[] console() throws IOException {
            return Files.readAllBytes(stdout);
        }

        /** What SIGTERM, the kubelet's first, makes of it. */
        void stop() {
            process.destroy();
        }

        /** The VMM's process id; the launcher has one child. */
        long vmm() {
            return process.children().findFirst().orElseThrow().pid();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    /** What a container's PID namespace does when its first process ends. */
    private void killAll() throws IOException {
        for (var pid : Files.readAllLines(cgroups.getFirst().resolve("cgroup.procs"))) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (var process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        killAll();
        run("ip", "netns", "del", name);
        for (var cgroup : cgroups) {
            Cgroups.remove(cgroup);
        }
    }
}

package dev.skete.agent.net;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace as a CNI plug-in makes one, with a process in it; everything is gone when it is closed. Needs root. */
final class TestPod implements AutoCloseable {
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final String name = "sk-net-" + ProcessHandle.current().pid() + "-" + SERIAL.incrementAndGet();
    private final String link = "skv" + Long.toString(ProcessHandle.current().pid() % 10000, 36) + SERIAL.get();
    private final Process inhabitant;

    /** A pod with 10.77.0.2/24 on a device called net1, MTU 1400, and 10.77.0.1 on the node's side. */
    TestPod() {
        run("ip", "netns", "add", name);
        run(
                "ip", "link", "add", link, "mtu", "1400", "type", "veth", "peer", "name", "net1", "mtu", "1400",
                "netns", name);
        run("ip", "addr", "add", "10.77.0.1/24", "dev", link);
        run("ip", "link", "set", link, "up");
        inside("ip", "link", "set", "lo", "up");
        inside("ip", "addr", "add", "10.77.0.2/24", "dev", "net1");
        inside("ip", "link", "set", "net1", "up");
        inside("ip", "route", "add", "default", "via", "10.77.0.1");
        try {
            inhabitant = new ProcessBuilder("ip", "netns", "exec", name, "sh", "-c", "echo in; exec sleep 600").start();
            // Until it says so, the process is still in the node's namespace.
            inhabitant.inputReader().readLine();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int pid() {
        return (int) inhabitant.pid();
    }

    String name() {
        return name;
    }

    /** Runs a command in the pod's network; returns what it said. */
    String inside(String... command) {
        return run(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("ip", "netns", "exec", name), java.util.stream.Stream.of(command))
                .toArray(String[]::new));
    }

    /** Runs a command on the node; returns what it said, standard error included; fails if it fails. */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(List.of(command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        inhabitant.destroyForcibly();
        inhabitant.onExit().join();
        run("ip", "netns", "del", name);
    }
}

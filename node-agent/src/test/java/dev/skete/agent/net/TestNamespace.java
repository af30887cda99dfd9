package dev.skete.agent.net;

import dev.skete.agent.linux.NetworkNamespace;
import dev.skete.agent.linux.NetworkNamespace.Work;
import dev.skete.agent.linux.PidFd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A network namespace with a process in it; both are gone when it is closed. Needs root. */
final class TestNamespace implements AutoCloseable {
    private static final AtomicInteger SERIAL = new AtomicInteger();

    private final int serial = SERIAL.incrementAndGet();
    private final String name = "sk-net-" + ProcessHandle.current().pid() + "-" + serial;
    private final Process inhabitant;
    private final PidFd pidFd;

    TestNamespace() {
        run("ip", "netns", "add", name);
        try {
            inhabitant = new ProcessBuilder("ip", "netns", "exec", name, "sh", "-c", "echo in; exec sleep 600").start();
            // Until it has said so it is still in the node's namespace, or not even another process.
            inhabitant.getInputStream().read();
            pidFd = PidFd.ofPid((int) inhabitant.pid());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        inside("ip", "link", "set", "lo", "up");
    }

    /** Unlike any other's on this machine while it lives, or nearly so: for device names and addresses. */
    int number() {
        return (int) (ProcessHandle.current().pid() * 31 + serial) & 0xffff;
    }

    String name() {
        return name;
    }

    PidFd process() {
        return pidFd;
    }

    /** Opens something in the namespace that stays bound to it. */
    <T> T open(Work<T> work) {
        try {
            return NetworkNamespace.inside(pidFd, work);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command in the namespace; returns what it said. */
    String inside(String... command) {
        return run(command("ip", "netns", "exec", name, command));
    }

    /** Starts a command in the namespace; the caller ends it. */
    Process start(String... command) throws IOException {
        return new ProcessBuilder(command("ip", "netns", "exec", name, command))
                .redirectErrorStream(true)
                .start();
    }

    /** Runs a command on the node; returns what it said, standard error included; fails if it fails. */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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

    /** Ends the process that lives there; the namespace stays until it is closed. */
    void end() {
        inhabitant.destroyForcibly();
        inhabitant.onExit().join();
    }

    @Override
    public void close() {
        end();
        pidFd.close();
        run("ip", "netns", "del", name);
    }

    private static String[] command(String first, String second, String third, String fourth, String... rest) {
        return Stream.concat(Stream.of(first, second, third, fourth), Stream.of(rest))
                .toArray(String[]::new);
    }
}

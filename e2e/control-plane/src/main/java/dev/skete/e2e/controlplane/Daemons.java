package dev.skete.e2e.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Processes that never outlive this JVM, each with a log file. */
final class Daemons implements AutoCloseable {
    /**
     * PR_SET_PDEATHSIG, which setpriv sets, fires when the parent's thread that started the process ends, not the parent as a whole: one
     * thread that lives as long as this object starts them all.
     */
    private final ExecutorService starter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("control-plane-starter").factory());

    private final Path logs;
    private final Deque<Process> newestFirst = new ArrayDeque<>();
    private final Map<String, Process> byName = new TreeMap<>();

    Daemons(Path logs) {
        this.logs = logs;
    }

    void start(String name, List<String> command) {
        List<String> dyingWithUs = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        dyingWithUs.addAll(command);
        var builder = new ProcessBuilder(dyingWithUs)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        try {
            Process process = starter.submit(builder::start).get();
            newestFirst.push(process);
            byName.put(name, process);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot start " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + name, e);
        }
    }

    /** Fails, with the end of its log, when a process has ended by itself. */
    void requireAlive() {
        byName.forEach((name, process) -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "%s ended with %d:%n%s".formatted(name, process.exitValue(), tail(name)));
            }
        });
    }

    private String tail(String name) {
        try {
            List<String> lines = Files.readAllLines(log(name), StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log(String name) {
        return logs.resolve(name + ".log");
    }

    /** Kills them, newest first: all state is in a directory that goes away, so none needs time to save any. */
    @Override
    public void close() {
        newestFirst.forEach(Process::destroyForcibly);
        try {
            for (Process process : newestFirst) {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("process " + process.pid() + " does not die");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            starter.shutdown();
        }
    }
}

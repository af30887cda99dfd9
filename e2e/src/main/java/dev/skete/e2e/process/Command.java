package dev.skete.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command line as a list of words, never a string, with a bound on how long it may take. */
public record Command(List<String> words, Map<String, String> environment, Duration limit) {

    /** What a finished command left: its exit status, and its output with standard error mixed in. */
    public record Result(int status, String output) {}

    /** A command that ended with another status than 0, or did not end in time. */
    public static final class Failed extends RuntimeException {
        Failed(String message) {
            super(message);
        }
    }

    /** A command that may take a minute. */
    public static Command of(String... words) {
        return new Command(List.of(words), Map.of(), Duration.ofMinutes(1));
    }

    public Command within(Duration bound) {
        return new Command(words, environment, bound);
    }

    public Command with(String variable, String value) {
        var more = new java.util.HashMap<>(environment);
        more.put(variable, value);
        return new Command(words, Map.copyOf(more), limit);
    }

    /** Runs it and returns its output; throws {@link Failed} with that output unless it ended well. */
    public String run() {
        Result result = attempt();
        if (result.status() != 0) {
            throw new Failed("%s ended with %d:%n%s".formatted(this, result.status(), result.output()));
        }
        return result.output();
    }

    /** Runs it to its end, good or bad; throws {@link Failed} only when it had to be killed at its limit. */
    public Result attempt() {
        try {
            Path output = Files.createTempFile("skete-command", ".out");
            try {
                return attempt(output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and leaves it running; the caller ends it. */
    public Process start(Path output) {
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result attempt(Path output) throws IOException {
        Process process = start(output);
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                throw new Failed("%s did not end within %s:%n%s".formatted(this, limit, Files.readString(output)));
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(this + " was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}

package dev.skete.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command line as a list of words, never a string, with a bound on how long it may take. */
public record Command(List<String> words, Map<String, String> environment, Duration limit) {

    /** What a finished command left: its exit status, its output, and what it wrote to standard error. */
    public record Result(int status, String output, String errors) {

        /** All it said. */
        public String said() {
            return output + errors;
        }
    }

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

    /** Runs it and returns its output, without warnings and the like; throws {@link Failed} with all it said unless it ended well. */
    public String run() {
        Result result = attempt();
        if (result.status() != 0) {
            throw new Failed("%s ended with %d:%n%s".formatted(this, result.status(), result.said()));
        }
        return result.output();
    }

    /** Runs it to its end, good or bad; throws {@link Failed} only when it had to be killed at its limit. */
    public Result attempt() {
        try {
            Path output = Files.createTempFile("skete-command", ".out");
            Path errors = Files.createTempFile("skete-command", ".err");
            try {
                return attempt(output, errors);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and leaves it running, all it says in one file; the caller ends it. */
    public Process start(Path output) {
        try {
            return builder()
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder() {
        var builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        return builder;
    }

    private Result attempt(Path output, Path errors) throws IOException {
        Process process = builder()
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                throw new Failed("%s did not end within %s:%n%s%s"
                        .formatted(this, limit, Files.readString(output), Files.readString(errors)));
            }
            return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
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

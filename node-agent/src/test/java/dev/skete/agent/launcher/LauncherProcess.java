package dev.skete.agent.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The compiled launcher, run in a directory of its own where it finds its agent's socket by a relative path. */
final class LauncherProcess implements AutoCloseable {
    static final String SOCKET = "agent.sock";
    /** After which a lost agent is looked for eagerly; half a minute where nobody waits for it. */
    static final Duration A_WHILE = Duration.ofSeconds(2);

    private static final Path BINARY = Path.of("target/launch-under-test").toAbsolutePath();

    private final Path directory;
    private final Process process;

    private LauncherProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static LauncherProcess start(Path directory, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(binary().toString()));
        command.addAll(List.of(arguments));
        return startCommand(directory, command);
    }

    /** For tests that need the launcher inside something else; {@code $LAUNCH} names it. */
    static LauncherProcess startByShell(Path directory, String script) throws IOException, InterruptedException {
        var file = Files.writeString(directory.resolve("script"), "LAUNCH='" + binary() + "'\n" + script);
        return startCommand(directory, List.of("/bin/sh", file.toString()));
    }

    private static LauncherProcess startCommand(Path directory, List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        return new LauncherProcess(directory, process);
    }

    private static synchronized Path binary() throws IOException, InterruptedException {
        if (System.getProperty("skete.launcher.built") == null) {
            var build = new ProcessBuilder("launcher/build", BINARY.toString(), SOCKET).inheritIO();
            build.environment()
                    .merge("EXTRA_CFLAGS", "-DA_WHILE=" + A_WHILE.toMillis(), (given, ours) -> given + " " + ours);
            if (build.start().waitFor() != 0) {
                throw new IOException("launcher/build failed");
            }
            System.setProperty("skete.launcher.built", "yes");
        }
        return BINARY;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitStatus() throws InterruptedException {
        return process.waitFor();
    }

    void type(String text) throws IOException {
        try (var stdin = process.outputWriter()) {
            stdin.write(text);
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("cannot send " + name);
        }
    }

    String stdout() throws IOException {
        return Files.readString(directory.resolve("stdout"));
    }

    String stderr() throws IOException {
        return Files.readString(directory.resolve("stderr"));
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}

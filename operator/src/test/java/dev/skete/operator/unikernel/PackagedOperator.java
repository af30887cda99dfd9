package dev.skete.operator.unikernel;

import dev.skete.e2e.controlplane.ControlPlane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The operator as it is shipped: the packaged application in a JVM of its own, with its image's options and the chart's permissions. */
final class PackagedOperator implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://\\S+)");

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private PackagedOperator(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static PackagedOperator start(ControlPlane controlPlane, String name) throws IOException {
        var log = Path.of("target", name + ".log");
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms16m",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dkubernetes.impersonate.username=" + ChartPermissions.OPERATOR,
                        "-Dquarkus.http.port=0",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("KUBECONFIG", controlPlane.kubeconfig().toString());
        builder.environment().put("POD_NAMESPACE", "skete-system");
        builder.environment().put("POD_NAME", name);
        return new PackagedOperator(builder.start(), log);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** What it answers over HTTP; until it listens, the reason why it does not. */
    String get(String path) throws IOException, InterruptedException {
        var address = ADDRESS.matcher(log())
                .results()
                .map((MatchResult r) -> r.group(1))
                .findFirst()
                .orElseThrow(() -> new IOException("the operator does not listen yet"));
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** Resident memory, in MiB. */
    long residentMebibytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(l -> l.startsWith("VmRSS:"))
                            .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /** Asks it to end, as the kubelet does. */
    boolean endsWhenAsked() throws InterruptedException {
        process.destroy();
        return process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        http.close();
    }
}

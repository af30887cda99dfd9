package dev.skete.e2e.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The one binary that holds all of Kubernetes' components; e2e/cluster builds it once and keeps it in a cache. */
final class KubeBinary {
    /** Names a binary to use instead of the cached one. */
    static final String VARIABLE = "SKETE_KUBE_BINARY";

    /** A first build takes 6 minutes on 2 idle cores. */
    private static final int BUILD_MINUTES = 30;

    private KubeBinary() {}

    static Path find() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            return executable(Path.of(named), VARIABLE);
        }
        return executable(build(Repository.root().resolve("e2e/cluster/kube-binary")), "e2e/cluster/kube-binary");
    }

    private static Path build(Path script) {
        try {
            Process process = new ProcessBuilder(script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(script + " failed; its own words are above");
            }
            return Path.of(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + script + " ran", e);
        }
    }

    private static Path executable(Path binary, String source) {
        if (!Files.isExecutable(binary)) {
            throw new IllegalStateException("%s names %s, which is not an executable file".formatted(source, binary));
        }
        return binary;
    }
}

package dev.skete.e2e.controlplane;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the tests run in. */
final class Repository {
    private Repository() {}

    /** Its top directory: Maven runs tests in the directory of their module, which lies below it. */
    static Path root() {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.isExecutable(p.resolve("build/mvn"))) {
                return p;
            }
        }
        throw new IllegalStateException(
                "these tests run inside a checkout of Skete only, and there is no build/mvn above "
                        + Path.of("").toAbsolutePath());
    }
}

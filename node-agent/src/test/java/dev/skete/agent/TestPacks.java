package dev.skete.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The VMM packs as they are shipped, built once from the QEMU installed here. */
public final class TestPacks {
    private static final Path DIRECTORY = Path.of("target/test-packs").toAbsolutePath();

    private TestPacks() {}

    /** A directory like a node's: packs, and files that name the current ones. */
    public static synchronized Path directory() throws IOException, InterruptedException {
        if (!Files.exists(DIRECTORY.resolve("qemu-microvm.current"))) {
            var pack = new ProcessBuilder("vmm/pack", DIRECTORY.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (pack.waitFor() != 0) {
                throw new IOException("vmm/pack failed");
            }
        }
        return DIRECTORY;
    }
}

package dev.skete.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What another process has open, as /proc shows it. */
public final class OpenFiles {
    private OpenFiles() {}

    public static List<Path> of(long pid) throws IOException {
        try (var links = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return links.map(OpenFiles::target).toList();
        }
    }

    /** The link itself if it was closed meanwhile. */
    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return link;
        }
    }
}

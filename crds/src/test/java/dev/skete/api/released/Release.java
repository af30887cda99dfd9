package dev.skete.api.released;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What one release left in the world, as recorded in src/test/resources/released by {@value #COMMAND}. */
record Release(Path directory) {
    static final String COMMAND = "build/mvn -pl crds,e2e -am test -Dskete.release=VERSION";

    static final String ACCEPTED = "accepted.txt";

    private static final Path ALL = Path.of("src/test/resources/released");

    /** Every release on record; the one being recorded is there too. */
    static List<Release> all() {
        var recorded = System.getProperty("skete.release");
        try {
            if (recorded != null) {
                Files.createDirectories(ALL.resolve(recorded).resolve("plans"));
            }
            return list(ALL).stream()
                    .filter(Files::isDirectory)
                    .map(Release::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes that were thought about, as the tests tell them, each a line; comments give the reasons. */
    Set<String> accepted() throws IOException {
        var file = directory.resolve(ACCEPTED);
        return Files.exists(file) ? Set.copyOf(Files.readAllLines(file)) : Set.of();
    }

    boolean isBeingRecorded() {
        return toString().equals(System.getProperty("skete.release"));
    }

    /** The plans its operator wrote. */
    List<Path> plans() {
        return list(directory.resolve("plans"));
    }

    private static List<Path> list(Path directory) {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return Objects.requireNonNull(directory.getFileName()).toString();
    }
}

package dev.skete.api.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file of the repository that the build writes from the API types, and what it must hold. */
record GeneratedFile(Path path, String text) {
    static final String COMMAND = "build/mvn -pl crds,helm -am test -Dskete.crds=write";

    /** Seen from this module's directory, in which Maven runs the tests. */
    private static final Path REPOSITORY = Path.of("..");

    static GeneratedFile at(String path, String text) {
        return new GeneratedFile(REPOSITORY.resolve(path), text);
    }

    static List<GeneratedFile> all() {
        return Stream.concat(CrdYaml.all().stream(), Stream.of(ApiReference.file()))
                .toList();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

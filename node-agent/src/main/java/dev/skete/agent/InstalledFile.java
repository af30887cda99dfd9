package dev.skete.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Puts a file where guests' pods find it. It is replaced, never written to: who uses the one before keeps it. */
final class InstalledFile {
    private InstalledFile() {}

    /** @param permissions in the notation of {@code ls} */
    static void install(Path from, Path to, String permissions) throws IOException {
        Files.createDirectories(to.getParent());
        if (Files.exists(to) && Files.mismatch(from, to) < 0) {
            return;
        }
        var temporary = to.resolveSibling(to.getFileName() + ".new");
        Files.copy(from, temporary, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
        Files.move(temporary, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

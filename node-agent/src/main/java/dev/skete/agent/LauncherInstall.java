package dev.skete.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Puts the launcher where guests start it from. Running guests keep the file they started with: it is replaced, never written to. */
final class LauncherInstall {
    private LauncherInstall() {}

    static void install(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        if (Files.exists(to) && Files.mismatch(from, to) < 0) {
            return;
        }
        var temporary = to.resolveSibling(to.getFileName() + ".new");
        Files.copy(from, temporary, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(temporary, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

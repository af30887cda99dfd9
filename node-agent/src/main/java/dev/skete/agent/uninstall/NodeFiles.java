package dev.skete.agent.uninstall;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Skete keeps on the node: launcher, VMM packs, device nodes, sockets, and a seccomp profile where guests have one of Skete's.
 *
 * @param roots the directories of all of them; mount points, so they stay and only what is in them goes
 * @param processes {@code /proc}, with the node's processes
 */
record NodeFiles(List<Path> roots, Path processes) {
    /** How the command line of every launcher begins, also of one that waits for an agent, and that of every VMM. */
    private static final String IN_GUEST_PODS = "/skete/";

    /** Where everything is moved before it is removed, so that whoever installs meanwhile finds nothing or everything. */
    private static final String REMOVED = ".removed";

    boolean inUse() throws IOException {
        try (var entries = Files.newDirectoryStream(processes, "[0-9]*")) {
            for (var process : entries) {
                if (commandLine(process).startsWith(IN_GUEST_PODS)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Every process may read every command line, so this needs no capability. */
    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it ended while we looked
        }
    }

    /** Follows no link. What is gone already does not matter. */
    void remove() throws IOException {
        for (var root : roots) {
            var removed = root.resolve(REMOVED);
            removeTree(removed);
            Files.createDirectories(removed);
            try (var entries = Files.newDirectoryStream(root, entry -> !entry.equals(removed))) {
                for (var entry : entries) {
                    Files.move(entry, removed.resolve(entry.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            removeTree(removed);
        }
    }

    private static void removeTree(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

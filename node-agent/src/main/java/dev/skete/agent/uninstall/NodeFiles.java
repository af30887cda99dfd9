package dev.skete.agent.uninstall;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
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
    /** How a pack's path begins in the command line of every VMM that runs from one. */
    private static final String PACKS_IN_GUEST_PODS = "/skete/vmm/";

    boolean inUse() throws IOException {
        try (var entries = Files.newDirectoryStream(processes, "[0-9]*")) {
            for (var process : entries) {
                if (commandLine(process).startsWith(PACKS_IN_GUEST_PODS)) {
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
            empty(root);
        }
    }

    private static void empty(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!directory.equals(root)) {
                    Files.deleteIfExists(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

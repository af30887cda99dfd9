package dev.skete.agent.uninstall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFilesTest {
    @TempDir
    Path directory;

    private Path root;
    private Path profiles;
    private Path processes;
    private NodeFiles files;

    @BeforeEach
    void install() throws IOException {
        root = Files.createDirectories(directory.resolve("skete"));
        profiles = Files.createDirectories(directory.resolve("seccomp/skete"));
        processes = Files.createDirectories(directory.resolve("proc"));
        files = new NodeFiles(List.of(root, profiles), processes);
        write(root.resolve("guest/vmm/qemu-7.2.22-0123456789ab/bin/qemu-system-x86_64"), "");
        write(root.resolve("guest/bin/launch"), "");
        write(profiles.resolve("vmm.json"), "{}");
    }

    @Test
    void everythingGoesButTheMountPoints() throws IOException {
        files.remove();
        assertThat(root).isEmptyDirectory();
        assertThat(profiles).isEmptyDirectory();
    }

    @Test
    void aLinkGoesAndWhatItPointsToStays() throws IOException {
        var precious = write(directory.resolve("precious/file"), "kept");
        Files.createSymbolicLink(root.resolve("link"), precious.getParent());
        files.remove();
        assertThat(root).isEmptyDirectory();
        assertThat(precious).hasContent("kept");
    }

    @Test
    void aVmmStartedFromAPackKeepsTheFilesInUse() throws IOException {
        write(processes.resolve("1/cmdline"), "/sbin/init\0");
        write(
                processes.resolve("17/cmdline"),
                "/skete/vmm/qemu-7.2.22-0123456789ab/lib/ld-linux-x86-64.so.2\0-M\0pc\0");
        assertThat(files.inUse()).isTrue();
    }

    @Test
    void aLauncherThatWaitsForAnAgentDoesToo() throws IOException {
        write(processes.resolve("18/cmdline"), "/skete/bin/launch\0--\0");
        assertThat(files.inUse()).isTrue();
    }

    @Test
    void aRemovalThatWasCutShortIsFinishedByTheNext() throws IOException {
        write(root.resolve(".removed/guest/bin/launch"), "of an earlier removal");
        files.remove();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aProcessThatOnlyNamesAPackDoesNot() throws IOException {
        write(processes.resolve("9/cmdline"), "grep\0/skete/vmm/\0");
        Files.createDirectories(processes.resolve("10")); // ended while we looked
        assertThat(files.inUse()).isFalse();
    }

    private static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}

package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledFileTest {
    @TempDir
    Path directory;

    private Path from;
    private Path to;

    @BeforeEach
    void install() throws IOException {
        from = Files.writeString(directory.resolve("from"), "first");
        to = directory.resolve("kubelet/seccomp/skete/vmm.json");
        InstalledFile.install(from, to, "rw-r--r--");
    }

    @Test
    void itIsThereWithItsPermissionsAndNothingBesideIt() throws IOException {
        assertThat(to).hasContent("first");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
                .isEqualTo("rw-r--r--");
        assertThat(to.getParent()).isDirectoryNotContaining(file -> !file.equals(to));
    }

    @Test
    void aNewOneTakesItsPlaceAndWhoReadsTheOldOneGoesOn() throws IOException {
        try (var reader = Files.newInputStream(to)) {
            InstalledFile.install(Files.writeString(from, "other"), to, "rw-r--r--");
            assertThat(to).hasContent("other");
            assertThat(reader.readAllBytes()).asString().isEqualTo("first");
        }
    }

    @Test
    void theSameIsLeftAlone() throws IOException {
        var then = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(to, then);
        InstalledFile.install(from, to, "rw-r--r--");
        assertThat(Files.getLastModifiedTime(to)).isEqualTo(then);
    }
}

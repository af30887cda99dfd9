package dev.skete.agent.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallPacksIT {
    private static final Path SCRIPT = Path.of("vmm/install-packs").toAbsolutePath();

    private static final String MARK = ".installation";

    @TempDir
    Path directory;

    private Path node;

    @BeforeEach
    void makeDirectories() throws IOException {
        node = directory.resolve("node/vmm");
    }

    @Test
    void anEmptyNodeGetsThePackAndItsName() throws Exception {
        install("qemu-1-aaa");
        assertThat(node.resolve("qemu-1-aaa/bin/qemu")).hasContent("qemu-1-aaa");
        assertThat(node.resolve("qemu.current")).hasContent("qemu-1-aaa");
    }

    @Test
    void aPackThatIsThereIsNeverWrittenAgain() throws Exception {
        install("qemu-1-aaa");
        var file = node.resolve("qemu-1-aaa/bin/qemu");
        var before = Files.getAttribute(file, "unix:ino");
        assertThat(install("qemu-1-aaa")).isEmpty();
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
    }

    @Test
    void eachRunLeavesAMarkOfItsOwn() throws Exception {
        install("qemu-1-aaa");
        var first = Files.readString(node.resolve(MARK));
        install("qemu-1-aaa");
        assertThat(node.resolve(MARK)).isNotEmptyFile();
        assertThat(Files.readString(node.resolve(MARK))).isNotEqualTo(first);
    }

    @Test
    void aCopyThatWasCutShortIsMadeAgain() throws Exception {
        Files.createDirectories(node.resolve(".qemu-1-aaa.new/bin"));
        install("qemu-1-aaa");
        assertThat(names()).containsExactlyInAnyOrder("qemu-1-aaa", "qemu.current");
        assertThat(node.resolve("qemu-1-aaa/bin/qemu")).exists();
    }

    @Test
    void thePackBeforeStaysForOneUpdateBecauseALaunchMayStillNameIt() throws Exception {
        install("qemu-1-aaa");
        install("qemu-2-bbb");
        assertThat(names()).contains("qemu-1-aaa", "qemu-2-bbb");
        assertThat(install("qemu-3-ccc")).contains("removed qemu-1-aaa");
        assertThat(names()).containsExactlyInAnyOrder("qemu-2-bbb", "qemu-3-ccc", "qemu.current");
    }

    @Test
    void aPackStaysWhileAProcessRunsFromIt() throws Exception {
        install("qemu-1-aaa");
        var guest = new ProcessBuilder("bash", "-c", "exec -a /skete/vmm/qemu-1-aaa/lib/ld-linux-x86-64.so.2 sleep 60")
                .start();
        try {
            install("qemu-2-bbb");
            assertThat(install("qemu-3-ccc")).contains("kept qemu-1-aaa: a guest runs from it");
        } finally {
            guest.destroyForcibly().waitFor();
        }
        assertThat(install("qemu-3-ccc")).contains("removed qemu-1-aaa");
    }

    @Test
    void anotherImagesPacksAreLeftAloneAndBothAreCurrent() throws Exception {
        install("qemu-1-aaa");
        install("qemu-2-bbb");
        assertThat(install("uhyve-1-ccc")).containsExactly("installed uhyve-1-ccc");
        assertThat(names())
                .containsExactlyInAnyOrder("qemu-1-aaa", "qemu-2-bbb", "uhyve-1-ccc", "qemu.current", "uhyve.current");
        install("uhyve-2-ddd");
        assertThat(install("uhyve-3-eee")).contains("removed uhyve-1-ccc");
        assertThat(names()).contains("qemu-1-aaa", "qemu-2-bbb", "uhyve-2-ddd", "uhyve-3-eee");
    }

    /** Runs the script with an image that holds this one pack; what it printed. */
    private List<String> install(String pack) throws Exception {
        var image = Files.createTempDirectory(directory, "image");
        var bin = Files.createDirectories(image.resolve(pack).resolve("bin"));
        Files.writeString(bin.resolve("qemu"), pack);
        var kind = pack.substring(0, pack.indexOf('-'));
        Files.writeString(image.resolve(kind + ".current"), pack + "\n");
        var builder = new ProcessBuilder("sh", SCRIPT.toString(), node.toString()).redirectErrorStream(true);
        builder.environment().put("PACKS", image.toString());
        var script = builder.start();
        var said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(script.exitValue()).as(said.toString()).isZero();
        return said;
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(node)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(MARK))
                    .toList();
        }
    }
}

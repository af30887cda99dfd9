package dev.skete.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.vmm.PackKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackDirectoryTest {
    @TempDir
    private Path node;

    @ParameterizedTest
    @CsvSource({
        "UHYVE,     no VMM pack uhyve,     agent.vmms.uhyve.enabled",
        "SOLO5_HVT, no VMM pack solo5-hvt, by hand",
        "FULL,      no VMM pack qemu,      init container",
    })
    void aPackThatIsNotInstalledIsNamedWithWhatInstallsItThoughAnotherIsThere(
            PackKind kind, String named, String remedy) throws Exception {
        install("other");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new PackDirectory(node).firstInstalled(List.of(kind)))
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(RefusalReason.NoVmmPack))
                .withMessageContainingAll(named, remedy);
    }

    @Test
    void anInstalledPackIsFoundAsGuestsSeeIt() throws Exception {
        install("uhyve");
        assertThat(new PackDirectory(node)
                        .firstInstalled(List.of(PackKind.UHYVE))
                        .directory())
                .isEqualTo("/skete/vmm/uhyve-1");
    }

    private void install(String kind) throws Exception {
        Files.createDirectory(node.resolve(kind + "-1"));
        Files.writeString(node.resolve(kind + ".current"), kind + "-1\n");
    }
}

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

class PackDirectoryTest {
    @TempDir
    private Path node;

    @Test
    void a_pack_that_is_not_installed_is_named_in_the_refusal_though_another_is_there() throws Exception {
        install("qemu");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new PackDirectory(node).firstInstalled(List.of(PackKind.UHYVE)))
                .satisfies(e -> assertThat(e.refusal().reason()).isEqualTo(RefusalReason.NoVmmPack))
                .withMessageContainingAll("no VMM pack uhyve", "installed by hand");
    }

    @Test
    void an_installed_pack_is_found_as_guests_see_it() throws Exception {
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

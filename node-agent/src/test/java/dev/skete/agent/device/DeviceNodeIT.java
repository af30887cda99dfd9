package dev.skete.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs root: CAP_MKNOD. */
class DeviceNodeIT {
    private static final int GUESTS = 65532;

    @TempDir
    Path directory;

    @Test
    void aNodeIsMadeForTheGuestsGroupAlone() throws IOException {
        DeviceNode.TUN.ensure(directory, GUESTS);
        assertThat(seen("tun"))
                .containsAllEntriesOf(Map.of("mode", 0x2000 | 0660, "rdev", 10L << 8 | 200, "uid", 0, "gid", GUESTS));
    }

    @Test
    void aNodeThatIsRightIsLeftAlone() throws IOException {
        DeviceNode.KVM.ensure(directory, GUESTS);
        var before = seen("kvm");
        DeviceNode.KVM.ensure(directory, GUESTS);
        assertThat(seen("kvm")).isEqualTo(before);
    }

    @Test
    void aLinkInItsPlaceIsReplacedAndWhatItNamesIsNotTouched() throws IOException {
        var target = Files.writeString(directory.resolve("precious"), "data");
        Files.createSymbolicLink(directory.resolve("tun"), target);
        DeviceNode.TUN.ensure(directory, GUESTS);
        assertThat(target).hasContent("data");
        assertThat(seen("tun")).containsEntry("rdev", 10L << 8 | 200);
    }

    @Test
    void aNodeWithOtherRightsIsMadeAnew() throws IOException {
        DeviceNode.TUN.ensure(directory, 1);
        DeviceNode.TUN.ensure(directory, GUESTS);
        assertThat(seen("tun")).containsEntry("gid", GUESTS);
    }

    private Map<String, Object> seen(String name) throws IOException {
        return Files.readAttributes(
                directory.resolve(name), "unix:mode,rdev,uid,gid,ino,ctime", LinkOption.NOFOLLOW_LINKS);
    }
}

package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RequestIT extends LauncherScene {

    @Test
    void argumentsAndEnvironmentArriveByteForByte() throws Exception {
        var script =
                "exec env -i EMPTY= 'PLAIN=a b' 'UTF=grüße €' 'EQ=a=b' 'LINES=1\n2' \"$LAUNCH\" '' 'a b' 'grüße €' \"it's\" '--x=\"y\"' ''";
        try (var launcher = LauncherProcess.startByShell(directory, script);
                var connection = agent.accept()) {
            var request = connection.request();

            assertThat(request.arguments()).containsExactly("", "a b", "grüße €", "it's", "--x=\"y\"", "");
            assertThat(request.environment())
                    .containsExactlyInAnyOrder("EMPTY=", "PLAIN=a b", "UTF=grüße €", "EQ=a=b", "LINES=1\n2");
            assertThat(request.last().type()).isEqualTo('L');
            assertThat(request.last().text()).isEqualTo("interface");
            assertThat(launcher.isAlive()).isTrue();
        }
    }

    @Test
    void bytesThatAreNotUtf8AreNotChanged() throws Exception {
        try (var launcher =
                        LauncherProcess.startByShell(directory, "exec env -i \"$LAUNCH\" \"$(printf '\\377\\001')\"");
                var connection = agent.accept()) {
            assertThat(connection.read('A').payload()).containsExactly(0xff, 1, 0);
            assertThat(connection.read('E').payload()).isEmpty();
            assertThat(launcher.isAlive()).isTrue();
        }
    }

    @Test
    void theResolverConfigurationIsSent() throws Exception {
        try (var launcher = launcher();
                var connection = agent.accept()) {
            assertThat(connection.request().resolvConf()).isEqualTo(resolvConf());
            assertThat(launcher.isAlive()).isTrue();
        }
    }

    private static String resolvConf() throws IOException {
        var file = Path.of("/etc/resolv.conf");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Test
    void argumentsOverTheLimitEndItWithAMessageThatNamesTheLimit() throws Exception {
        var big = "x".repeat(100 * 1024);
        try (var launcher = launcher(big, big, big)) {
            assertThat(launcher.exitStatus()).isEqualTo(124);
            assertThat(launcher.stderr())
                    .isEqualTo(
                            "skete: the guest's arguments take more than 262144 bytes (256 KiB), which is the limit\n");
        }
    }

    @Test
    void environmentOverTheLimitEndsItWithAMessageThatNamesTheLimit() throws Exception {
        var script = "x=$(head -c 100000 /dev/zero | tr '\\0' x)\nexec env A=$x B=$x C=$x \"$LAUNCH\"";
        try (var launcher = LauncherProcess.startByShell(directory, script)) {
            assertThat(launcher.exitStatus()).isEqualTo(124);
            assertThat(launcher.stderr()).contains("environment variables take more than 262144 bytes");
        }
    }

    @Test
    void argumentsJustBelowTheLimitPass() throws Exception {
        var almost = "x".repeat(Frame.LIMIT / 4 - 1);
        try (var launcher = launcher(almost, almost, almost, almost);
                var connection = agent.accept()) {
            assertThat(connection.request().arguments()).containsExactly(almost, almost, almost, almost);
            assertThat(launcher.isAlive()).isTrue();
        }
    }

    /** As the kubelet lays out a ConfigMap: what the names link to is below a directory that is its own. */
    @Test
    void filesAreListedThroughTheKubeletsLinksAndItsOwnNamesAreLeftOut() throws Exception {
        var script = """
                mkdir -p 'files/config/..1/a' files/empty
                echo x | tee files/config/..1/key >files/config/..1/a/b
                ln -s ..1 files/config/..data
                ln -s ..data/key files/config/key
                ln -s ..data/a files/config/a
                ln -s . files/config/circle
                ln -s /no/such files/config/dangling
                touch 'files/two words' files/.hidden
                SKETE_FILES=files exec "$LAUNCH"
                """;
        try (var launcher = LauncherProcess.startByShell(directory, script);
                var connection = agent.accept()) {
            var files = connection.files().stream()
                    .filter(file -> !file.contains("circle"))
                    .toList();
            assertThat(files).containsExactlyInAnyOrder("config/key", "config/a/b", "two words", ".hidden");
            assertThat(launcher.isAlive()).isTrue();
        }
    }

    @Test
    void ofTooManyFilesOneMoreThanTheLimitIsListed() throws Exception {
        var script = "mkdir files; for i in $(seq 300); do : >files/$i; done; SKETE_FILES=files exec \"$LAUNCH\"";
        try (var launcher = LauncherProcess.startByShell(directory, script);
                var connection = agent.accept()) {
            assertThat(connection.files()).hasSize(257).doesNotHaveDuplicates();
            assertThat(launcher.isAlive()).isTrue();
        }
    }

    @Test
    void filesThatAreNotThereAreAnEmptyList() throws Exception {
        try (var launcher = LauncherProcess.startByShell(directory, "SKETE_FILES=files exec \"$LAUNCH\"");
                var connection = agent.accept()) {
            assertThat(connection.files()).isEmpty();
            assertThat(launcher.isAlive()).isTrue();
        }
    }
}

package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skete.agent.OpenFiles;
import dev.skete.agent.linux.Libc;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network interface that a VMM does not open by itself; a file plays it. */
@Timeout(30)
class HandedInterfaceIT {
    @TempDir
    Path directory;

    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private Path file;
    private int descriptor;

    @BeforeEach
    void open() throws IOException {
        file = Files.writeString(directory.resolve("interface"), "handed over\n");
        descriptor = Libc.open(file.toString(), 02000000);
    }

    @AfterEach
    void close() {
        Libc.close(descriptor);
        loop.shutdownGracefully();
    }

    @Test
    void theVmmHasItAsTheFirstDescriptorAfterTheStandardOnes() throws Exception {
        var answer = Answer.shell("cat <&3; ls -m /proc/$$/fd; true").bytes();
        try (var _ = HandingAgent.listen(directory, loop, descriptor, answer);
                var launcher = LauncherProcess.start(directory)) {
            assertThat(launcher.exitStatus()).isZero();
            assertThat(launcher.stdout()).isEqualTo("handed over\n0, 1, 2, 3\n");
        }
    }

    /** A tap can be opened again only when nobody has it. */
    @Test
    void theLauncherKeepsNoneOnceTheVmmRuns() throws Exception {
        var answer = Answer.shell("echo runs; sleep 60").bytes();
        try (var _ = HandingAgent.listen(directory, loop, descriptor, answer);
                var launcher = LauncherProcess.start(directory)) {
            await().until(() -> launcher.stdout().equals("runs\n"));
            assertThat(OpenFiles.of(launcher.pid())).isNotEmpty().doesNotContain(file);
        }
    }

    @Test
    void oneOfAnAgentThatWentAwayBeforeItSaidWhatToRunIsClosed() throws Exception {
        try (var launcher = LauncherProcess.start(directory)) {
            try (var agent = HandingAgent.listen(directory, loop, descriptor, new byte[0])) {
                await().until(() -> agent.handed().get() > 5);
                assertThat(OpenFiles.of(launcher.pid())).areAtMost(1, new Condition<>(file::equals, "the file"));
            }
            await().until(() -> !OpenFiles.of(launcher.pid()).contains(file));
            try (var agent = ScriptedAgent.listen(directory);
                    var _ = agent.launch(Answer.shell("ls -m /proc/$$/fd; true"))) {
                assertThat(launcher.exitStatus()).isZero();
                assertThat(launcher.stdout()).isEqualTo("0, 1, 2\n");
            }
        }
    }
}

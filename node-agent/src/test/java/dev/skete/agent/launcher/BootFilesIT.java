package dev.skete.agent.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image may hold anything where its runtime says that the kernel is: the VMM starts with a file that can be read, or not at all. */
class BootFilesIT extends LauncherScene {
    private static final String SHOW_ENVIRONMENT = "tr '\\0' '|' </proc/$$/environ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            :                            | $PWD/guest              | the image has no such file
            echo x >file                 | $PWD/file/guest         | the image has no such file
            mkdir guest                  | $PWD/guest              | it is a directory
            mkfifo guest                 | $PWD/guest              | it is a FIFO, not a file
            : >guest                     | $PWD/guest              | it is empty
            ln -s guest guest            | $PWD/guest              | Symbolic link loop
            ln -s fifo guest; mkfifo fifo| $PWD/guest              | it is a FIFO, not a file
            ln -s /proc/self/mem guest   | $PWD/guest              | it is empty
            ln -s /dev/zero guest        | $PWD/guest              | it is a device, not a file
            ln -s agent.sock guest       | $PWD/guest              | it is a socket, not a file
            ln -s /etc/no-such guest     | $PWD/guest              | the image has no such file
            :                            | /proc/self/cmdline      | it is empty
            echo >guest; truncate -s 4097 guest | $PWD/guest       | it is too large
            truncate -s 4G guest         | $PWD/guest              | it is too large
            """)
    void whatIsNoFileIsNotBooted(String make, String guest, String fault) throws Exception {
        try (var launcher = LauncherProcess.startByShell(directory, make + "\nexec \"$LAUNCH\"");
                var connection = agent.accept()) {
            connection.request();
            var path = guest.replace("$PWD", directory.toString());
            connection.write(Answer.shell("echo started")
                    .withEnvironment("SKETE_BOOT=4096 " + path)
                    .bytes());
            var why = "cannot boot " + path + ": " + fault;
            assertThat(connection.read('N').text()).isEqualTo(why);
            assertThat(connection.read('Q').text()).isEqualTo("126");
            assertThat(launcher.exitStatus()).isEqualTo(126);
            assertThat(launcher.stderr()).isEqualTo("skete: " + why + "\n");
            assertThat(launcher.stdout()).isEmpty();
        }
    }

    @Test
    void theFirstOfSeveralThatCannotBeBootedIsNamed() throws Exception {
        try (var launcher = launcher();
                var connection = agent.accept()) {
            connection.request();
            connection.write(Answer.shell("echo started")
                    .withEnvironment("SKETE_BOOT=1000000 /etc/passwd\n1 /bin\n1 /no/such")
                    .bytes());
            assertThat(connection.read('N').text()).isEqualTo("cannot boot /bin: it is a directory");
            assertThat(launcher.exitStatus()).isEqualTo(126);
        }
    }

    @Test
    void filesThatAreThereAreBootedAndTheVmmIsNotToldOfTheLook() throws Exception {
        var answer = Answer.shell(SHOW_ENVIRONMENT)
                .withEnvironment("A=1", "SKETE_BOOT=1000000 /etc/passwd\n1000000 /etc/group", "B=2");
        try (var launcher = launcher();
                var connection = agent.launch(answer)) {
            assertThat(launcher.exitStatus()).isZero();
            assertThat(launcher.stdout()).contains("A=1|").endsWith("B=2|").doesNotContain("SKETE_BOOT");
            assertThat(connection.read('Q').text()).isEqualTo("0");
        }
    }

    @Test
    void aVmmThatCannotBeExecutedIsToldToTheAgent() throws Exception {
        try (var launcher = launcher();
                var connection = agent.accept()) {
            connection.request();
            connection.write(Answer.run("/no/such/vmm").bytes());
            var why = "cannot run /no/such/vmm: No such file or directory";
            assertThat(connection.read('N').text()).isEqualTo(why);
            assertThat(connection.read('Q').text()).isEqualTo("126");
            assertThat(launcher.exitStatus()).isEqualTo(126);
            assertThat(launcher.stderr()).isEqualTo("skete: " + why + "\n");
            assertThat(connection.atEnd()).isTrue();
        }
    }
}

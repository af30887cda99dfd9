package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionType;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Hermit guest: arguments, variables, exit codes and a web server. */
@OnCluster
class HermitE2E {

    @Test
    void argumentsArriveByteForByte(Sandbox sandbox) {
        sandbox.apply(Guests.hermitJob(
                "args", "hermit", List.of("args", "two words", "", "it's", "\"a\" \\ $HOME", "--", "-ip")));
        complete(sandbox, "args");

        assertThat(console(sandbox, "args"))
                .contains("argument: [two words]")
                .contains("argument: []")
                .contains("argument: [it's]")
                .contains("argument: [\"a\" \\ $HOME]")
                .contains("argument: [--]")
                .contains("argument: [-ip]");
    }

    @Test
    void variablesArriveByteForByte(Sandbox sandbox) {
        sandbox.apply(Guests.hermitJob(
                "env",
                "hermit",
                List.of("env"),
                "env: [{name: MODE, value: \"two words, it's = x\"}, {name: EMPTY, value: \"\"}]"));
        complete(sandbox, "env");

        assertThat(console(sandbox, "env"))
                .contains("variable: MODE=[two words, it's = x]")
                .contains("variable: EMPTY=[]");
    }

    @ParameterizedTest
    @CsvSource({"7, exit, 7", "255, exit, -1", "255, panic, ''", "1, get, http://nowhere.invalid/"})
    void aFailureHasTheGuestsOwnNumber(int expected, String command, String argument, Sandbox sandbox) {
        var arguments = argument.isEmpty() ? List.of(command) : List.of(command, argument);
        sandbox.apply(Guests.hermitJob("fails", "hermit", arguments, "job: {backoffLimit: 0}"));

        sandbox.awaitCondition("fails", ConditionType.Failed, c -> c.getStatus().equals("True"));
        assertThat(exitCode(sandbox.onlyGuest("fails"))).isEqualTo(expected);
    }

    @Test
    void theSmallestMachineRunsItToo(Sandbox sandbox) {
        sandbox.apply(Family.HERMIT_MICROVM.job("micro", List.of("exit", "9"), "job: {backoffLimit: 0}"));

        sandbox.awaitCondition("micro", ConditionType.Failed, c -> c.getStatus().equals("True"));
        assertThat(exitCode(sandbox.onlyGuest("micro"))).isEqualTo(9);
    }

    @Test
    void theExampleServesThroughItsService(Sandbox sandbox) {
        sandbox.applyFile("examples/hermit.yaml");
        sandbox.awaitReady("hermit", 1);

        var neighbour = sandbox.neighbour("neighbour");
        sandbox.await(
                "the Service to answer",
                () -> neighbour.get("http://hermit/"),
                answer -> answer.contains("Hello from Hermit"));
    }

    @Test
    void tooLittleMemoryIsAFailureThatTheConsoleExplains(Sandbox sandbox) {
        sandbox.apply(Guests.hermitJob("small", "hermit", List.of("hello"), "job: {backoffLimit: 0}")
                .replace("memory: 64Mi", "memory: 16Mi"));

        sandbox.awaitCondition("small", ConditionType.Failed, c -> c.getStatus().equals("True"));
        assertThat(exitCode(sandbox.onlyGuest("small"))).isEqualTo(1);
        assertThat(console(sandbox, "small")).contains("Not enough memory available!");
    }

    @Test
    void aRuntimeWithWrongKernelArgumentsIsAFailureThatTheConsoleExplains(Sandbox sandbox) {
        try (var runtime = RuntimeVariant.of(sandbox, "hermit", "commandLine: [-ip]")) {
            sandbox.apply(runtime.used(Guests.hermitJob("wrong", "hermit", List.of(), "job: {backoffLimit: 0}")));

            sandbox.awaitCondition(
                    "wrong", ConditionType.Failed, c -> c.getStatus().equals("True"));
            assertThat(exitCode(sandbox.onlyGuest("wrong"))).isEqualTo(1);
            assertThat(console(sandbox, "wrong")).contains("The argument '-ip' requires a value");
        }
    }

    private static void complete(Sandbox sandbox, String name) {
        sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/" + name, "--timeout=60s")
                .run();
    }

    private static String console(Sandbox sandbox, String name) {
        return sandbox.log(sandbox.onlyGuest(name));
    }

    private static int exitCode(Pod guest) {
        return guest.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .getExitCode();
    }
}

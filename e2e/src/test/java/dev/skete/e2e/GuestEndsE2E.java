package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionType;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** However a guest ends, its Unikernel says so, with the guest's own exit code. */
@OnCluster
class GuestEndsE2E {

    @Test
    void exitZeroCompletes(Sandbox sandbox) {
        sandbox.apply(Guests.job("fine", "[\"--exit\", \"0\"]"));

        sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/fine", "--timeout=60s")
                .run();
        assertThat(sandbox.unikernel("fine").getStatus().guests())
                .singleElement()
                .satisfies(guest -> assertThat(guest.exitCode()).isZero());
    }

    @Test
    void anotherExitCodeFailsAndIsTold(Sandbox sandbox) {
        sandbox.apply(Guests.job("seven", "[\"--exit\", \"7\"]", "job: {backoffLimit: 0}"));

        var failed = sandbox.awaitCondition(
                "seven",
                ConditionType.Failed,
                condition -> condition.getStatus().equals("True"));
        assertThat(failed.getMessage()).contains("7");
        assertThat(sandbox.unikernel("seven").getStatus().guests())
                .singleElement()
                .satisfies(guest -> assertThat(guest.exitCode()).isEqualTo(7));
    }

    @Test
    void aPanicLoopsAndItsLastWordsAreInTheCondition(Sandbox sandbox) {
        sandbox.apply(Guests.hello("panics", 1, "args: [\"--panic\"]"));

        var ready = sandbox.awaitCondition(
                "panics",
                ConditionType.Ready,
                condition -> condition.getReason().equals("GuestCrashLooping"));
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getMessage()).contains("101").contains("panic");
    }

    @Test
    void aGuestThatIsAskedToExitIsStartedAgain(Sandbox sandbox) {
        sandbox.apply(Guests.hello("again", 1));
        sandbox.awaitReady("again", 1);
        String ip = sandbox.onlyGuest("again").getStatus().getPodIP();

        sandbox.neighbour("neighbour").get("http://" + ip + ":8080/exit/3");

        var last = sandbox.await(
                "the ended guest in the pod's status",
                () -> sandbox.onlyGuest("again")
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getLastState()
                        .getTerminated(),
                Objects::nonNull);
        assertThat(last.getExitCode()).isEqualTo(3);
        sandbox.awaitReady("again", 1);
    }

    @Test
    void memoryOverTheLimitIsReportedAsSuch(Sandbox sandbox) {
        // A runtime that grants the VMM next to nothing: the guest may use its 64 MiB, and the pod's limit is hit on
        // the way.
        String tight =
                sandbox.kubectl("get", "unikernelruntime", "elf", "-o", "json").run();
        var runtime =
                sandbox.client().getKubernetesSerialization().unmarshal(tight, dev.skete.api.UnikernelRuntime.class);
        String name = "elf-tight-" + sandbox.namespace();
        sandbox.apply(Runtimes.withOverhead(runtime, name, "1Mi"));
        try {
            sandbox.apply(Guests.hello("hungry", 1, "args: [\"--allocate\", \"56\"]")
                    .replace("runtime: elf", "runtime: " + name)
                    .replace("memory: 32Mi", "memory: 64Mi"));

            var ready = sandbox.awaitCondition(
                    "hungry",
                    ConditionType.Ready,
                    condition -> condition.getReason().equals("OOMKilled"));
            assertThat(ready.getMessage()).contains("memory");
        } finally {
            sandbox.kubectl("delete", "unikernelruntime", name).run();
        }
    }
}

package dev.skete.operator.unikernel.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.ConditionReason;
import dev.skete.api.UnikernelStatus;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupDeadlineTest {
    private static final String PROBE = "readinessProbe: {httpGet: {path: /healthz, port: http}}";
    private static final String RUNS =
            "conditions: [{type: skete.dev/GuestRunning, status: \"True\", reason: Running, message: m}%s]";

    @ParameterizedTest(name = "after {0} s")
    @CsvSource({
        "-3600, Progressing",
        "0, Progressing",
        "59, Progressing",
        "60, StartupDeadlineExceeded",
        "3600, StartupDeadlineExceeded"
    })
    void aGuestThatIsNotReadyInTimeIsTold(int seconds, ConditionReason reason) {
        assertThat(reason(pod(PROBE, RUNS.formatted(""), seconds, "started: true")))
                .isEqualTo(reason.name());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            readinessProbe: {httpGet: {path: /healthz, port: http}} | HTTP GET /healthz on port http (8080) is not answered
            readinessProbe: {httpGet: {path: /, port: 8081}}        | HTTP GET / on port 8081 is not answered
            readinessProbe: {tcpSocket: {port: http}}               | nothing accepts connections on port http (8080); check that the guest listens there
            readinessProbe: {tcpSocket: {port: other}}              | nothing accepts connections on port other;
            readinessProbe: {grpc: {port: 9000}}                    | its probe does not succeed
            """)
    void theMessageSaysWhatTheProbeAsksAndWhatToDo(String probe, String message) {
        var ready = StatusesTest.ready(status(pod(probe, RUNS.formatted(""), 60, "started: true")));

        assertThat(ready.getMessage())
                .startsWith("Guest hello-1 was not ready 60 s after its start: " + message)
                .contains("kubectl logs hello-1", "raise spec.startupDeadlineSeconds");
    }

    @Test
    void theStartupProbeIsNamedUntilItHasPassed() {
        var both = PROBE + ", startupProbe: {tcpSocket: {port: http}}";
        assertThat(StatusesTest.ready(status(pod(both, RUNS.formatted(""), 60, "started: false")))
                        .getMessage())
                .contains("nothing accepts connections");
        assertThat(StatusesTest.ready(status(pod(both, RUNS.formatted(""), 60, "started: true")))
                        .getMessage())
                .contains("HTTP GET /healthz");
    }

    @Test
    void aGuestThatNobodyAsksHasNoDeadline() {
        assertThat(reason(pod("tty: false", RUNS.formatted(""), 3600, "started: true")))
                .isEqualTo("Progressing");
    }

    @Test
    void aGuestThatWasReadySinceItsStartIsItsProbesBusiness() {
        var turned = RUNS.formatted(
                ", {type: ContainersReady, status: \"False\", lastTransitionTime: \"2026-01-01T11:59:30Z\"}");
        assertThat(reason(pod(PROBE, turned, 120, "started: true"))).isEqualTo("Progressing");
    }

    @Test
    void oneThatWasReadyBeforeItsLastRestartIsNotForgiven() {
        var turned = RUNS.formatted(
                ", {type: ContainersReady, status: \"False\", lastTransitionTime: \"2026-01-01T11:50:00Z\"}");
        assertThat(reason(pod(PROBE, turned, 120, "started: true"))).isEqualTo("StartupDeadlineExceeded");
    }

    @Test
    void aGuestThatItsAgentDoesNotSayRunsHasOtherTroubles() {
        assertThat(reason(pod(PROBE, "conditions: []", 3600, "started: true"))).isEqualTo("AgentUnavailable");
    }

    @Test
    void theOperatorLooksAgainWhenTheNextGuestIsLate() {
        assertThat(NextLook.after(facts(pod(PROBE, RUNS.formatted(""), 20, "started: true"))))
                .contains(Duration.ofSeconds(40).plusMillis(1));
        assertThat(NextLook.after(facts(pod(PROBE, RUNS.formatted(""), 60, "started: true"))))
                .isEmpty();
        // The operator's clock was set back, or the node's goes fast.
        assertThat(NextLook.after(facts(pod(PROBE, RUNS.formatted(""), -3600, "started: true"))))
                .contains(Duration.ofMinutes(61).plusMillis(1));
        assertThat(NextLook.after(facts())).isEmpty();
    }

    private static String reason(Pod pod) {
        return StatusesTest.ready(status(pod)).getReason();
    }

    private static UnikernelStatus status(Pod pod) {
        return Statuses.of(facts(pod));
    }

    private static Facts facts(Pod... pods) {
        var unready = Fixtures.deployment("{observedGeneration: 2, replicas: 1, updatedReplicas: 1}");
        return Fixtures.facts(Fixtures.serving(1), unready, pods);
    }

    /** A guest that has run for so many seconds, with these fields of its container, conditions and container status. */
    private static Pod pod(String container, String conditions, int seconds, String status) {
        var started = Fixtures.NOW.minusSeconds(seconds);
        var pod = Fixtures.pod(
                "Always",
                "{phase: Running, %s, containerStatuses: [{name: guest, ready: false, %s, state: {running: {startedAt: \"%s\"}}}]}"
                        .formatted(conditions, status, started));
        var fields = Serialization.unmarshal(
                "---\n{name: guest, image: i, ports: [{name: http, containerPort: 8080}], %s}".formatted(container),
                Container.class);
        pod.getSpec().setContainers(List.of(fields));
        return pod;
    }
}

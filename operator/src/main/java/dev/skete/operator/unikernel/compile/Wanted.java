package dev.skete.operator.unikernel.compile;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.AcceleratorPolicy;
import dev.skete.api.Defaults;
import dev.skete.api.DiskAccess;
import dev.skete.api.GuestDevice;
import dev.skete.api.GuestMount;
import dev.skete.api.GuestPort;
import dev.skete.api.GuestResources;
import dev.skete.api.GuestVolume;
import dev.skete.api.JobOptions;
import dev.skete.api.PodFailurePolicy;
import dev.skete.api.PodOptions;
import dev.skete.api.RestartPolicy;
import dev.skete.api.SecretsOnCommandLine;
import dev.skete.api.Stdin;
import dev.skete.api.UnikernelSpec;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A spec with every default filled in, also for manifests that never went through an API server. */
public record Wanted(UnikernelSpec spec) {
    private static final GuestResources NO_RESOURCES = new GuestResources(null, null, null);
    private static final PodOptions NO_POD_OPTIONS = new PodOptions(null, null, null, null, null, null, null, null);
    private static final JobOptions NO_JOB_OPTIONS =
            new JobOptions(null, null, null, null, null, null, null, null, null, null, null, null, null);

    public int replicas() {
        return requireNonNullElse(spec.replicas(), Defaults.REPLICAS);
    }

    public RestartPolicy restartPolicy() {
        return requireNonNullElse(spec.restartPolicy(), Defaults.RESTART_POLICY);
    }

    /** Whether the guests serve until told to go, rather than run to completion. */
    public boolean serves() {
        return restartPolicy() == RestartPolicy.Always;
    }

    /** Whether the guests run to completion again and again. */
    public boolean scheduled() {
        return !serves() && job().schedule() != null;
    }

    /** Whether a run may have no failure, and no rule of the user's own says when else it ends. */
    public boolean failsOnlyBecauseNoFailureIsAllowed() {
        var policy = job().podFailurePolicy();
        return RunFailures.noneAllowed(job())
                && (policy == null
                        || policy.rules().stream().noneMatch(r -> r.action() == PodFailurePolicy.Action.FailJob));
    }

    public AcceleratorPolicy accelerator() {
        return requireNonNullElse(spec.accelerator(), Defaults.ACCELERATOR);
    }

    public List<GuestPort> ports() {
        return requireNonNullElse(spec.ports(), List.of());
    }

    List<String> args() {
        return requireNonNullElse(spec.args(), List.of());
    }

    List<EnvVar> env() {
        return requireNonNullElse(spec.env(), List.of());
    }

    List<EnvFromSource> envFrom() {
        return requireNonNullElse(spec.envFrom(), List.of());
    }

    SecretsOnCommandLine secretsOnCommandLine() {
        return requireNonNullElse(spec.secretsOnCommandLine(), Defaults.SECRETS_ON_COMMAND_LINE);
    }

    List<GuestVolume> volumes() {
        return requireNonNullElse(spec.volumes(), List.of());
    }

    List<GuestMount> volumeMounts() {
        return requireNonNullElse(spec.volumeMounts(), List.of());
    }

    List<GuestDevice> volumeDevices() {
        return requireNonNullElse(spec.volumeDevices(), List.of());
    }

    boolean writesToDisks() {
        return volumeDevices().stream().anyMatch(d -> access(d.name()) == DiskAccess.ReadWrite);
    }

    /** What a guest may do to a disk, as the claim says. */
    DiskAccess access(String volume) {
        return claim(volume).filter(c -> Boolean.TRUE.equals(c.getReadOnly())).isPresent()
                ? DiskAccess.ReadOnly
                : DiskAccess.ReadWrite;
    }

    Optional<PersistentVolumeClaimVolumeSource> claim(String volume) {
        return volumes().stream()
                .filter(v -> v.name().equals(volume))
                .findFirst()
                .map(GuestVolume::persistentVolumeClaim);
    }

    Quantity memory() {
        return requireNonNullElse(resources().memory(), new Quantity(Defaults.MEMORY));
    }

    int cpus() {
        return requireNonNullElse(resources().cpus(), Defaults.CPUS);
    }

    Quantity cpuRequest() {
        return requireNonNullElse(resources().cpuRequest(), new Quantity(Defaults.CPU_REQUEST));
    }

    int drainSeconds() {
        return requireNonNullElse(spec.drainSeconds(), Defaults.DRAIN_SECONDS);
    }

    int terminationGracePeriodSeconds() {
        return requireNonNullElse(spec.terminationGracePeriodSeconds(), Defaults.TERMINATION_GRACE_PERIOD_SECONDS);
    }

    /** How long a guest may take to be ready. */
    public Duration startupDeadline() {
        return Duration.ofSeconds(requireNonNullElse(spec.startupDeadlineSeconds(), Defaults.STARTUP_DEADLINE_SECONDS));
    }

    /** Until SIGTERM: for a guest with ports that serves, while its Service forgets it. */
    int secondsBeforeSignal() {
        return serves() && !ports().isEmpty() ? drainSeconds() : 0;
    }

    Stdin stdin() {
        return requireNonNullElse(spec.stdin(), Defaults.STDIN);
    }

    PodOptions pod() {
        return requireNonNullElse(spec.pod(), NO_POD_OPTIONS);
    }

    JobOptions job() {
        return requireNonNullElse(spec.job(), NO_JOB_OPTIONS);
    }

    Optional<GuestPort> firstTcpPort() {
        return ports().stream()
                .filter(p -> protocol(p) == GuestPort.Protocol.TCP)
                .findFirst();
    }

    static GuestPort.Protocol protocol(GuestPort port) {
        return requireNonNullElse(port.protocol(), Defaults.PROTOCOL);
    }

    static int targetPort(GuestPort port) {
        return requireNonNullElse(port.targetPort(), port.port());
    }

    private GuestResources resources() {
        return requireNonNullElse(spec.resources(), NO_RESOURCES);
    }
}

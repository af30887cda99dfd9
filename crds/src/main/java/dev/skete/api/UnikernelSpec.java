package dev.skete.api;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user wants to run. */
public record UnikernelSpec(
        String image,
        @Nullable ImagePullPolicy imagePullPolicy,
        String runtime,
        @Nullable Integer replicas,
        @Nullable List<String> args,
        @Nullable List<EnvVar> env,
        @Nullable List<EnvFromSource> envFrom,
        @Nullable GuestResources resources,
        @Nullable List<GuestPort> ports,
        @Nullable Probe startupProbe,
        @Nullable Probe readinessProbe,
        @Nullable Probe livenessProbe,
        @Nullable RestartPolicy restartPolicy,
        @Nullable JobOptions job,
        @Nullable AcceleratorPolicy accelerator,
        @Nullable Integer drainSeconds,
        @Nullable Integer terminationGracePeriodSeconds,
        @Nullable Stdin stdin,
        @Nullable PodOptions pod) {}

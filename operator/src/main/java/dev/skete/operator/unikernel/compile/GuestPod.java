package dev.skete.operator.unikernel.compile;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.Accelerator;
import dev.skete.api.PodOptions;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntimeSpec;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.List;
import java.util.Map;

/** The pod a guest runs in; it passes PodSecurity "restricted". */
final class GuestPod {
    /** User and group of every VMM; the node agent gives this group its device nodes. */
    private static final long GUEST_ID = 65532;

    private GuestPod() {}

    static PodTemplateSpec template(
            Unikernel unikernel, UnikernelRuntimeSpec runtime, Accelerator accelerator, GuestSeccomp seccomp) {
        var wanted = new Wanted(unikernel.getSpec());
        var options = wanted.pod();
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Marks.podLabels(unikernel, requireNonNullElse(options.labels(), Map.of())))
                .withAnnotations(options.annotations())
                .endMetadata()
                .withSpec(spec(wanted, options, runtime, accelerator, seccomp))
                .build();
    }

    private static PodSpec spec(
            Wanted wanted,
            PodOptions options,
            UnikernelRuntimeSpec runtime,
            Accelerator accelerator,
            GuestSeccomp seccomp) {
        var volumes = new GuestVolumes(wanted, BootPlaces.of(wanted.spec().boot(), runtime.boot()));
        return new PodSpecBuilder()
                .withContainers(GuestContainer.of(wanted, volumes, runtime, accelerator))
                .withVolumes(volumes.ofPod())
                .withRestartPolicy(wanted.restartPolicy().name())
                .withTerminationGracePeriodSeconds((long) wanted.terminationGracePeriodSeconds())
                // A guest gets neither a token nor other Services' addresses unless the user hands them over.
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(identity(volumes, seccomp))
                .withNodeSelector(options.nodeSelector())
                .withAffinity(options.affinity())
                .withTolerations(requireNonNullElse(options.tolerations(), List.of()))
                .withTopologySpreadConstraints(requireNonNullElse(options.topologySpreadConstraints(), List.of()))
                .withPriorityClassName(options.priorityClassName())
                .withImagePullSecrets(requireNonNullElse(options.imagePullSecrets(), List.of()))
                .build();
    }

    private static PodSecurityContext identity(GuestVolumes volumes, GuestSeccomp seccomp) {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(GUEST_ID)
                .withRunAsGroup(GUEST_ID)
                .withFsGroup(volumes.filesMayChangeGroup() ? GUEST_ID : null)
                .withSeccompProfile(seccomp.profile())
                .build();
    }
}

package dev.skete.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.skete.api.schema.FixedForJobs;
import dev.skete.api.schema.ItemRule;
import dev.skete.api.schema.ListType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user wants to run. */
@JsonClassDescription("What is to run.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.restartPolicy == oldSelf.restartPolicy",
        message =
                "restartPolicy cannot change, because it decides between a Deployment and a Job: delete the Unikernel and create it anew",
        fieldPath = ".restartPolicy")
@ValidationRule(
        value = "self.restartPolicy != 'Always' || !has(self.job)",
        message = "job applies to run-to-completion guests: set restartPolicy to OnFailure or Never, or remove job",
        fieldPath = ".job")
@ValidationRule(
        value = "self.restartPolicy == 'Always' || self.replicas == 1",
        message =
                "replicas applies to restartPolicy Always; a run-to-completion guest counts by job.completions and job.parallelism",
        fieldPath = ".replicas")
@ValidationRule(
        value = "self.drainSeconds < self.terminationGracePeriodSeconds",
        message =
                "drainSeconds must be less than terminationGracePeriodSeconds, which starts to count at the same time",
        fieldPath = ".drainSeconds")
@ValidationRule(
        value = "self.?job.?schedule.hasValue() == oldSelf.?job.?schedule.hasValue()"
                + " && (self.?job.?schedule.hasValue() || (self.?job.?completions.orValue(1) == oldSelf.?job.?completions.orValue(1)"
                + " && self.?job.?podFailurePolicy.hasValue() == oldSelf.?job.?podFailurePolicy.hasValue()"
                + " && (self.?job.?backoffLimit.orValue(6) == 0) == (oldSelf.?job.?backoffLimit.orValue(6) == 0)))",
        message =
                "job cannot come or go with a schedule, a podFailurePolicy, a backoffLimit of 0 or other completions, because a Job's cannot change: delete the Unikernel and create it anew",
        fieldPath = ".job")
@ValidationRule(
        value = "self.restartPolicy == 'Never' || !self.?job.?podFailurePolicy.hasValue()",
        message =
                "job.podFailurePolicy needs restartPolicy Never, as a Job's does: a guest that is restarted in its pod has not failed yet",
        fieldPath = ".job.podFailurePolicy")
@ValidationRule(
        value =
                "!has(self.volumeMounts) || self.volumeMounts.all(m, has(self.volumes) && self.volumes.exists(v, v.name == m.name))",
        message = "volumeMounts names a volume that volumes does not have: add it, or correct the name",
        fieldPath = ".volumeMounts")
@ValidationRule(
        value =
                "!has(self.volumeDevices) || self.volumeDevices.all(d, has(self.volumes) && self.volumes.exists(v, v.name == d.name && has(v.persistentVolumeClaim)))",
        message =
                "volumeDevices names no persistentVolumeClaim of volumes: only a claim of volumeMode Block can be a disk",
        fieldPath = ".volumeDevices")
@ValidationRule(
        value =
                "!has(self.volumeDevices) || !has(self.volumeMounts) || !self.volumeDevices.exists(d, self.volumeMounts.exists(m, m.name == d.name))",
        message = "a volume is in both volumeMounts and volumeDevices: a claim is either files or a disk",
        fieldPath = ".volumeDevices")
@ValidationRule(
        value =
                "!has(self.volumeDevices) || (self.replicas <= 1 && self.?job.?parallelism.orValue(1) <= 1)"
                        + " || self.volumeDevices.all(d, !has(self.volumes) || self.volumes.all(v, v.name != d.name || v.?persistentVolumeClaim.?readOnly.orValue(false)))",
        message =
                "a disk that is written to can be one guest's only: set replicas or job.parallelism to 1, or persistentVolumeClaim.readOnly to true",
        fieldPath = ".volumeDevices")
public record UnikernelSpec(
        @FixedForJobs
        @JsonPropertyDescription(
                "Container image that holds the guest's files: an ordinary linux/amd64 OCI image, for which FROM scratch and COPY are enough.")
        @Required
        @ValidationRule(
                value = "self.matches('^[^\\\\s]+$')",
                message =
                        "image must be a container image reference without blanks, such as registry.example/hello:1.0")
        @Size(max = 1024) String image,

        @FixedForJobs
        @JsonPropertyDescription(
                "When the kubelet pulls the image. Without it: Always for the tag latest or no tag, IfNotPresent otherwise.")
        @Nullable ImagePullPolicy imagePullPolicy,

        @FixedForJobs
        @JsonPropertyDescription(
                "Name of the UnikernelRuntime that knows how this guest boots; kubectl get unikernelruntimes lists them.")
        @Required
        @ValidationRule(
                value = "self.matches('^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$')",
                message =
                        "runtime must be the name of a UnikernelRuntime: lowercase letters, digits, '-' and '.'; kubectl get unikernelruntimes lists them")
        @Size(max = 253) String runtime,

        @JsonPropertyDescription(
                "How many guests run at a time, with restartPolicy Always. 0 keeps the Unikernel and runs none.")
        @Default("" + Defaults.REPLICAS)
        @SpecReplicas
        @Min(0) @Max(Integer.MAX_VALUE) @Nullable Integer replicas,

        @FixedForJobs
        @JsonPropertyDescription(
                "Arguments for the guest, one per element; the runtime quotes them for its family. $(NAME) is replaced by the variable NAME of env, as in a pod.")
        @ListType(ListType.Kind.ATOMIC)
        @ItemRule(
                value = Cel.ONE_ASCII_LINE,
                message =
                        "an argument must be one line of printable ASCII: a guest's command line carries nothing else; pass other data in the image or over the network")
        @Size(max = 256) @Nullable List<@Size(max = 4096) String> args,

        @FixedForJobs
        @JsonPropertyDescription(
                "Environment variables for the guest, as in a container: a value, or a reference to a ConfigMap, a Secret or a field of the pod.")
        @ListType(value = ListType.Kind.MAP, keys = "name")
        @ItemRule(
                value = "self.name.matches('^[-._a-zA-Z][-._a-zA-Z0-9]*$')",
                message =
                        "a variable's name must consist of letters, digits, '_', '-' and '.', and not start with a digit")
        @ItemRule(
                value = "!self.name.startsWith('SKETE_')",
                message = "variables that start with SKETE_ belong to Skete: choose another name")
        @ItemRule(
                value = "!has(self.value) || self.value.matches('^[\\\\t -~]*$')",
                message =
                        "a variable's value must be one line of printable ASCII: a guest's command line carries nothing else")
        @Size(max = 256) @Nullable List<EnvVar> env,

        @FixedForJobs
        @JsonPropertyDescription(
                "ConfigMaps and Secrets whose every key becomes an environment variable for the guest, as in a container.")
        @ListType(ListType.Kind.ATOMIC)
        @ItemRule(
                value = "!has(self.prefix) || !self.prefix.startsWith('SKETE_')",
                message = "variables that start with SKETE_ belong to Skete: choose another prefix")
        @Size(max = 64) @Nullable List<EnvFromSource> envFrom,

        @JsonPropertyDescription(
                "Whether variables from a Secret may be put on the virtual machine monitor's command line, which other processes of the node can read. It matters where the runtime's commandLine has ${env}, or args name such a variable. Refused holds the Unikernel then; volumeMounts bring a Secret to the guest without it.")
        @Default("Refused")
        @Nullable SecretsOnCommandLine secretsOnCommandLine,

        @FixedForJobs
        @JsonPropertyDescription(
                "Where the image keeps the files to boot, if not where the runtime expects them; each replaces the runtime's.")
        @Nullable BootOverride boot,

        @FixedForJobs
        @JsonPropertyDescription("Data from outside the image, for volumeMounts and volumeDevices.")
        @ListType(value = ListType.Kind.MAP, keys = "name")
        @Size(max = 32) @Nullable List<GuestVolume> volumes,

        @FixedForJobs
        @JsonPropertyDescription("Volumes whose files the guest can read; how they reach it is the runtime's files.")
        @ListType(value = ListType.Kind.MAP, keys = "mountPath")
        @ValidationRule(
                value = "self.all(m, self.exists_one(n, n.name == m.name))",
                message = "volumeMounts names a volume twice: the guest sees each at one place")
        @Size(max = 32) @Nullable List<GuestMount> volumeMounts,

        @FixedForJobs
        @JsonPropertyDescription("Volumes that the guest gets as disks, in this order.")
        @ListType(value = ListType.Kind.MAP, keys = "name")
        @Size(max = 16) @Nullable List<GuestDevice> volumeDevices,

        @FixedForJobs @JsonPropertyDescription("What the guest sees of memory and CPUs.") @Default("{}") @Nullable GuestResources resources,

        @FixedForJobs
        @JsonPropertyDescription("Ports the guest listens on. They make a Service with the Unikernel's name.")
        @ListType(value = ListType.Kind.MAP, keys = "name")
        @ValidationRule(
                value = "self.all(p, self.exists_one(q, q.port == p.port && q.protocol == p.protocol))",
                message =
                        "ports must not offer the same port and protocol twice: give each its own port, or the other protocol")
        @Size(max = 64) @Nullable List<GuestPort> ports,

        @FixedForJobs
        @JsonPropertyDescription(
                "Holds the other probes back until it succeeds once; for guests that are slow to start.")
        @Nullable Probe startupProbe,

        @FixedForJobs
        @JsonPropertyDescription(
                "Decides whether the Service sends requests to a guest. Without it: the first TCP port must accept a connection.")
        @Nullable Probe readinessProbe,

        @FixedForJobs @JsonPropertyDescription("Restarts a guest that no longer answers.") @Nullable Probe livenessProbe,

        @JsonPropertyDescription(
                "What happens when the guest ends: Always starts it again (a Deployment); OnFailure and Never run it to completion (a Job). Cannot be changed.")
        @Default("Always")
        @Nullable RestartPolicy restartPolicy,

        @JsonPropertyDescription("How a guest is run to completion, with restartPolicy OnFailure or Never.") @Nullable JobOptions job,

        @FixedForJobs
        @JsonPropertyDescription(
                "What executes the guest: KVM, Emulation, or Auto, which takes KVM when any node offers it and emulation otherwise.")
        @Default("Auto")
        @Nullable AcceleratorPolicy accelerator,

        @FixedForJobs
        @JsonPropertyDescription(
                "Seconds a guest with ports keeps serving after it was told to go, so that no client still reaches for it when it ends.")
        @Default("" + Defaults.DRAIN_SECONDS)
        @Min(0) @Max(3600) @Nullable Integer drainSeconds,

        @FixedForJobs
        @JsonPropertyDescription("Seconds from the order to go until a guest is killed; drainSeconds is part of them.")
        @Default("" + Defaults.TERMINATION_GRACE_PERIOD_SECONDS)
        @Min(1) @Max(86400) @Nullable Integer terminationGracePeriodSeconds,

        @JsonPropertyDescription(
                "Seconds after its start by which a guest should be ready. One that is not is reported, and left to its probes.")
        @Default("" + Defaults.STARTUP_DEADLINE_SECONDS)
        @Min(1) @Max(86400) @Nullable Integer startupDeadlineSeconds,

        @FixedForJobs
        @JsonPropertyDescription("Open lets kubectl attach -i type into the guest's serial console.")
        @Default("Closed")
        @Nullable Stdin stdin,

        @FixedForJobs
        @JsonPropertyDescription("Placement and metadata of the guest's pods, in a pod's own words.")
        @Nullable PodOptions pod) {}

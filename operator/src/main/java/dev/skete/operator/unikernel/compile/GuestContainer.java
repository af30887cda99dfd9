package dev.skete.operator.unikernel.compile;

import static java.util.Objects.requireNonNullElse;

import dev.skete.api.Accelerator;
import dev.skete.api.Defaults;
import dev.skete.api.GuestPaths;
import dev.skete.api.GuestPort;
import dev.skete.api.LaunchPlan;
import dev.skete.api.LaunchPlanJson;
import dev.skete.api.Overhead;
import dev.skete.api.Stdin;
import dev.skete.api.UnikernelRuntimeSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one container of a guest's pod: the user's image, started through Skete's launcher. */
public final class GuestContainer {
    /** The container's name. */
    public static final String NAME = "guest";

    /** Installed by the node agent, mounted by its device plugin; the user's image need not hold anything executable. */
    private static final String LAUNCHER = "/skete/bin/launch";

    private static final Overhead NO_OVERHEAD = new Overhead(null, null);

    private GuestContainer() {}

    static Container of(Wanted wanted, GuestVolumes volumes, UnikernelRuntimeSpec runtime, Accelerator accelerator) {
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(wanted.spec().image())
                .withImagePullPolicy(nameOf(wanted.spec().imagePullPolicy()))
                .withCommand(LAUNCHER)
                .withArgs(wanted.args())
                .withEnv(env(wanted, volumes, LaunchPlans.of(wanted, runtime, accelerator)))
                .withEnvFrom(wanted.envFrom())
                .withPorts(wanted.ports().stream().map(GuestContainer::port).toList())
                .withResources(resources(wanted, requireNonNullElse(runtime.overhead(), NO_OVERHEAD), accelerator))
                .withVolumeMounts(volumes.mounts())
                .withVolumeDevices(volumes.devices())
                .withStartupProbe(wanted.spec().startupProbe())
                .withReadinessProbe(readiness(wanted))
                .withLivenessProbe(wanted.spec().livenessProbe())
                .withLifecycle(drain(wanted))
                .withStdin(wanted.stdin() == Stdin.Open ? true : null)
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withSecurityContext(confinement())
                .build();
    }

    private static List<EnvVar> env(Wanted wanted, GuestVolumes volumes, LaunchPlan plan) {
        var files = volumes.hasFiles()
                ? Stream.of(variable(GuestPaths.FILES_VARIABLE, GuestPaths.FILES))
                : Stream.<EnvVar>empty();
        var ours = Stream.of(
                variable(LaunchPlan.VARIABLE, LaunchPlanJson.encode(plan)),
                fieldVariable("SKETE_POD_NAME", "metadata.name"),
                fieldVariable("SKETE_POD_NAMESPACE", "metadata.namespace"));
        return Stream.of(ours, files, wanted.env().stream())
                .flatMap(Function.identity())
                .toList();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static EnvVar fieldVariable(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath(path)
                .endFieldRef()
                .endValueFrom()
                .build();
    }

    private static ContainerPort port(GuestPort port) {
        return new ContainerPortBuilder()
                .withName(port.name())
                .withContainerPort(Wanted.targetPort(port))
                .withProtocol(Wanted.protocol(port).name())
                .build();
    }

    /** No CPU limit: a guest may use what the node has to spare, and throttling a VMM stops its timers. */
    private static ResourceRequirements resources(Wanted wanted, Overhead overhead, Accelerator accelerator) {
        var memory = Amounts.memorySum(
                wanted.memory(), requireNonNullElse(overhead.memory(), new Quantity(Defaults.OVERHEAD_MEMORY)));
        var cpu = Amounts.cpuSum(
                wanted.cpuRequest(), requireNonNullElse(overhead.cpu(), new Quantity(Defaults.OVERHEAD_CPU)));
        return new ResourceRequirementsBuilder()
                .addToRequests("cpu", cpu)
                .addToRequests("memory", memory)
                .addToLimits("memory", memory)
                .addToLimits(accelerator.resource(), new Quantity("1"))
                .build();
    }

    private static @Nullable Probe readiness(Wanted wanted) {
        var own = wanted.spec().readinessProbe();
        return own != null
                ? own
                : wanted.firstTcpPort().map(GuestContainer::acceptsConnections).orElse(null);
    }

    private static Probe acceptsConnections(GuestPort port) {
        return new ProbeBuilder()
                .withNewTcpSocket()
                .withPort(new IntOrString(port.name()))
                .endTcpSocket()
                .withPeriodSeconds(2)
                .build();
    }

    /** The guest serves on while kube-proxy and clients learn that it goes; only then does the launcher get its signal. */
    private static @Nullable Lifecycle drain(Wanted wanted) {
        if (wanted.secondsBeforeSignal() == 0) {
            return null;
        }
        return new LifecycleBuilder()
                .withNewPreStop()
                .withNewSleep((long) wanted.secondsBeforeSignal())
                .endPreStop()
                .build();
    }

    /** With the pod's own settings, what PodSecurity "restricted" asks for, and a read-only root on top. */
    private static SecurityContext confinement() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private static @Nullable String nameOf(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}

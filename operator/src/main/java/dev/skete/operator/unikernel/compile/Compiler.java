package dev.skete.operator.unikernel.compile;

import dev.skete.api.Accelerator;
import dev.skete.api.GuestPort;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntimeSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.List;
import java.util.Optional;

/** Compiles a Unikernel and its runtime to the objects that run it: a pure function, and the only place that knows their shape. */
public final class Compiler {
    private Compiler() {}

    /** The children for a Unikernel whose guests are to be executed by {@code accelerator}. */
    public static Children compile(
            Unikernel unikernel, UnikernelRuntimeSpec runtime, Accelerator accelerator, GuestSeccomp seccomp) {
        var wanted = new Wanted(unikernel.getSpec());
        var template = GuestPod.template(unikernel, runtime, accelerator, seccomp);
        var meta = workloadMeta(unikernel, template, accelerator, asked(unikernel, runtime, seccomp));
        HasMetadata workload = wanted.serves()
                ? deployment(unikernel, meta, template, wanted.replicas())
                : Runs.of(unikernel, meta, template, wanted.job());
        return new Children(workload, service(unikernel, wanted), budget(unikernel, wanted));
    }

    private static ObjectMeta workloadMeta(
            Unikernel unikernel, PodTemplateSpec template, Accelerator accelerator, String asked) {
        return new ObjectMetaBuilder(Marks.childOf(unikernel))
                .addToAnnotations(Marks.ACCELERATOR, accelerator.name())
                .addToAnnotations(Marks.ASKED, asked)
                .addToAnnotations(Marks.TEMPLATE, Digest.of(template))
                .build();
    }

    /** How many guests there shall be is no reason to restart those there are. */
    private static String asked(Unikernel unikernel, UnikernelRuntimeSpec runtime, GuestSeccomp seccomp) {
        return Digest.of(List.of(Digest.without("replicas", unikernel.getSpec()), runtime, seccomp));
    }

    private static Deployment deployment(Unikernel unikernel, ObjectMeta meta, PodTemplateSpec template, int replicas) {
        return new DeploymentBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withReplicas(replicas)
                .withSelector(selector(unikernel))
                .withStrategy(strategy(unikernel))
                .withTemplate(template)
                .endSpec()
                .build();
    }

    /** A new guest beside the old one, unless both would write to the same disk. */
    private static DeploymentStrategy strategy(Unikernel unikernel) {
        if (new Wanted(unikernel.getSpec()).writesToDisks()) {
            return new DeploymentStrategyBuilder().withType("Recreate").build();
        }
        return new DeploymentStrategyBuilder()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(0))
                .withMaxSurge(new IntOrString("25%"))
                .endRollingUpdate()
                .build();
    }

    private static Optional<Service> service(Unikernel unikernel, Wanted wanted) {
        if (wanted.ports().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ServiceBuilder()
                .withMetadata(Marks.childOf(unikernel))
                .withNewSpec()
                .withSelector(Marks.podSelector(unikernel))
                .withPorts(wanted.ports().stream().map(Compiler::servicePort).toList())
                .endSpec()
                .build());
    }

    /** The target by name: while a rollout moves a port, each pod is reached on its own. */
    private static ServicePort servicePort(GuestPort port) {
        return new ServicePortBuilder()
                .withName(port.name())
                .withPort(port.port())
                .withTargetPort(new IntOrString(port.name()))
                .withProtocol(Wanted.protocol(port).name())
                .build();
    }

    /** Node drains take one guest at a time; a single guest gets no budget, for it would block drains for ever. */
    private static Optional<PodDisruptionBudget> budget(Unikernel unikernel, Wanted wanted) {
        if (!wanted.serves() || wanted.replicas() < 2) {
            return Optional.empty();
        }
        return Optional.of(new PodDisruptionBudgetBuilder()
                .withMetadata(Marks.childOf(unikernel))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withSelector(selector(unikernel))
                .endSpec()
                .build());
    }

    private static LabelSelector selector(Unikernel unikernel) {
        return new LabelSelectorBuilder()
                .withMatchLabels(Marks.podSelector(unikernel))
                .build();
    }
}

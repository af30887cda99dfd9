package dev.skete.agent.launch;

import dev.skete.agent.net.PodNetworks;
import dev.skete.agent.net.WiredPod;
import dev.skete.agent.net.WiringException;
import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.report.AgentMetrics;
import dev.skete.agent.report.AgentMetrics.Stage;
import dev.skete.agent.vmm.GuestEnvironment;
import dev.skete.agent.vmm.GuestLaunch;
import dev.skete.agent.vmm.PodName;
import dev.skete.agent.vmm.Vmm;
import dev.skete.agent.vmm.VmmCommand;
import dev.skete.agent.vmm.VmmPack;
import dev.skete.api.Accelerator;
import dev.skete.api.LaunchPlan;
import java.time.Duration;

/** The blocking part of a launch: read the plan, wire the pod, compose the command. Each call is for one pod and keeps nothing. */
public final class GuestPreparation {
    private final PodNetworks networks;
    private final PackDirectory packs;
    private final KvmVerdict kvm;
    private final AgentMetrics metrics;

    public GuestPreparation(PodNetworks networks, PackDirectory packs, KvmVerdict kvm, AgentMetrics metrics) {
        this.networks = networks;
        this.packs = packs;
        this.kvm = kvm;
        this.metrics = metrics;
    }

    /**
     * Makes a pod ready for its guest. What can be refused without touching the pod is refused first.
     *
     * @throws RefusedException with the reason and the remedy; nothing stays open then
     */
    PreparedGuest prepare(LaunchRequest request) throws RefusedException {
        var plan = PlanReader.read(request.variable(LaunchPlan.VARIABLE));
        var vmm = Vmm.named(plan.vmm());
        var pack = packFor(vmm, plan);
        var wired = wire(request, plan, vmm);
        try {
            return new PreparedGuest(wired, compose(request, plan, vmm, pack, wired), plan.boot(), GuestWatch.of(plan));
        } catch (RefusedException | RuntimeException e) {
            wired.close();
            throw e;
        }
    }

    /** Takes over the network of a guest that runs already, after the agent restarted. */
    AdoptedGuest adopt(LaunchRequest request) throws RefusedException {
        var plan = PlanReader.read(request.variable(LaunchPlan.VARIABLE));
        return new AdoptedGuest(wire(request, plan, Vmm.named(plan.vmm())), GuestWatch.of(plan));
    }

    private VmmPack packFor(Vmm vmm, LaunchPlan plan) throws RefusedException {
        if (plan.accelerator() == Accelerator.KVM) {
            var whyNot = kvm.whyNot();
            if (whyNot.isPresent()) {
                throw new RefusedException(
                        RefusalReason.KvmMissing,
                        "this node cannot run guests on KVM: %s; %s".formatted(whyNot.get(), vmm.remedyWithoutKvm()));
            }
        }
        return packs.firstInstalled(vmm.packs(plan));
    }

    private WiredPod wire(LaunchRequest request, LaunchPlan plan, Vmm vmm) throws RefusedException {
        long begin = System.nanoTime();
        try {
            return networks.wire(request.peer().pidFd(), PodWiring.tapRequest(request, plan, vmm));
        } catch (WiringException e) {
            throw new RefusedException(RefusalReason.WiringFailed, String.valueOf(e.getMessage()), e);
        } finally {
            metrics.took(Stage.wire, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    /** It becomes part of the command line, so it must be one. */
    private static PodName podName(LaunchRequest request) throws RefusedException {
        if (request.variable("SKETE_POD_NAME") == null) {
            return new PodName("unknown", "unknown");
        }
        return request.pod()
                .map(pod -> new PodName(pod.namespace(), pod.name()))
                .orElseThrow(() -> new RefusedException(
                        RefusalReason.BadRequest,
                        "SKETE_POD_NAMESPACE and SKETE_POD_NAME do not name a pod; leave both to Skete's operator"));
    }

    private VmmCommand compose(LaunchRequest request, LaunchPlan plan, Vmm vmm, VmmPack pack, WiredPod wired)
            throws RefusedException {
        long begin = System.nanoTime();
        try {
            return vmm.command(new GuestLaunch(
                    plan,
                    podName(request),
                    request.said().arguments(),
                    GuestEnvironment.of(request.said().environment(), plan.env()),
                    PodWiring.networkFacts(request, wired),
                    request.said().files(),
                    pack));
        } finally {
            metrics.took(Stage.compose, Duration.ofNanos(System.nanoTime() - begin));
        }
    }
}

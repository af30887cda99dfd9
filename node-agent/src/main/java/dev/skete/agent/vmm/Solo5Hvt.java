package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.LaunchPlan;
import dev.skete.api.VnetHeader;
import java.util.ArrayList;
import java.util.List;

/** Composes command lines of Solo5's hvt tender (its docs/building.md and tenders/hvt). Never run: no registry of ours has one. */
public final class Solo5Hvt implements Vmm {
    /** How a plan names it. */
    public static final String NAME = "solo5-hvt";

    /** What MirageOS calls its one network device in the manifest, unless told otherwise. */
    private static final String DEVICE = "service";

    @Override
    public List<PackKind> packs(LaunchPlan plan) {
        return List.of(PackKind.SOLO5_HVT);
    }

    @Override
    public String remedyWithoutKvm() {
        return KvmOnlyRules.REMEDY;
    }

    @Override
    public VmmCommand command(GuestLaunch launch) throws RefusedException {
        var plan = launch.plan();
        PlanRules.check(plan);
        var kernel = KvmOnlyRules.kernel(NAME, plan);
        KvmOnlyRules.require(plan.cpus() == 1, "solo5-hvt guests have one vCPU; set spec.resources.cpus to 1");
        KvmOnlyRules.require(
                plan.nic().vnetHeader() == VnetHeader.Disabled,
                "solo5-hvt reads bare frames; set the runtime's nic.vnetHeader to Disabled");
        var network = launch.network();
        var argv = new ArrayList<>(launch.pack().program());
        argv.add("--mem=" + plan.memoryMiB());
        argv.add("--net:%s=%s".formatted(DEVICE, network.tap()));
        argv.add("--net-mac:%s=%s".formatted(DEVICE, network.mac()));
        argv.addAll(List.of("--", kernel));
        argv.addAll(GuestCommandLine.quoted(launch));
        return new VmmCommand(List.copyOf(argv), launch.pack().environment(), ExitTable.of(plan.exitCodes()));
    }
}

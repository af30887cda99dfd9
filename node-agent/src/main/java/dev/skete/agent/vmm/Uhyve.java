package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.LaunchPlan;
import java.util.ArrayList;
import java.util.List;

/** Composes command lines of uhyve 0.10.0 (its src/bin/uhyve.rs), which starts a Hermit application without a loader. */
public final class Uhyve implements Vmm {
    /** How a plan names it. */
    public static final String NAME = "uhyve";

    private static final int LEAST_MIB = 16;

    @Override
    public List<PackKind> packs(LaunchPlan plan) {
        return List.of(PackKind.UHYVE);
    }

    @Override
    public VmmCommand command(GuestLaunch launch) throws RefusedException {
        var plan = launch.plan();
        PlanRules.check(plan);
        var kernel = KvmOnlyRules.kernel(NAME, plan);
        KvmOnlyRules.require(
                plan.memoryMiB() >= LEAST_MIB && plan.memoryMiB() % 2 == 0,
                "uhyve guests have an even number of MiB, at least 16; set spec.resources.memory so");
        // uhyve gives its guest the tap's address (src/net/tap.rs), and the pod's filters let only the pod's through.
        KvmOnlyRules.require(plan.ports().isEmpty(), "uhyve guests have no network yet; remove spec.ports");
        var argv = new ArrayList<>(launch.pack().program());
        argv.addAll(List.of("--memory-size", plan.memoryMiB() + "MiB", "--cpu-count", Integer.toString(plan.cpus())));
        // Its Landlock rules or no start at all.
        argv.addAll(List.of("--file-isolation", "strict"));
        // It makes a directory even for guests without files. The image is read-only; every container has this tmpfs.
        argv.addAll(List.of("--tempdir", "/dev/shm"));
        argv.addAll(List.of("--", kernel));
        argv.addAll(GuestCommandLine.quoted(launch));
        return new VmmCommand(List.copyOf(argv), launch.pack().environment(), ExitTable.of(plan.exitCodes()));
    }
}

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
    public String remedyWithoutKvm() {
        return KvmOnlyRules.REMEDY;
    }

    /** It looks the address up (its src/net/tap.rs). */
    @Override
    public boolean guestHasTapsMac() {
        return true;
    }

    @Override
    public VmmCommand command(GuestLaunch launch) throws RefusedException {
        var plan = launch.plan();
        PlanRules.check(plan);
        var kernel = KvmOnlyRules.kernel(NAME, plan);
        KvmOnlyRules.require(
                plan.memoryMiB() >= LEAST_MIB && plan.memoryMiB() % 2 == 0,
                "uhyve guests have an even number of MiB, at least 16; set spec.resources.memory so");
        var argv = new ArrayList<>(launch.pack().program());
        argv.addAll(List.of("--memory-size", plan.memoryMiB() + "MiB", "--cpu-count", Integer.toString(plan.cpus())));
        if (needsNetwork(plan)) {
            argv.addAll(List.of("--net", "tap:" + launch.network().tap()));
        }
        // Its Landlock rules or no start at all.
        argv.addAll(List.of("--file-isolation", "strict"));
        // It makes a directory even for guests without files. The image is read-only; every container has this tmpfs.
        argv.addAll(List.of("--tempdir", "/dev/shm"));
        argv.addAll(List.of("--", kernel));
        argv.addAll(GuestCommandLine.quoted(launch));
        return new VmmCommand(List.copyOf(argv), launch.pack().environment(), ExitTable.of(plan.exitCodes()));
    }

    /** Kernels before 0.13.2 start without a network only (its src/vm.rs), so guests get one where something asks for it. */
    private static boolean needsNetwork(LaunchPlan plan) {
        return !plan.ports().isEmpty() || plan.commandLine().stream().anyMatch(element -> element.contains("${net."));
    }
}

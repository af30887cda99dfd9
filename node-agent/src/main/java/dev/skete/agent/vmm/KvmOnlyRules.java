package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Accelerator;
import dev.skete.api.Entropy;
import dev.skete.api.FileChannel;
import dev.skete.api.LaunchPlan;
import dev.skete.api.Shutdown;

/** {@link PlanRules} for VMMs that run one kernel on KVM and have no devices but a network. What they cannot do is refused, not dropped. */
final class KvmOnlyRules {
    /** What to do where there is no KVM. */
    static final String REMEDY = "use a runtime whose vmm is qemu, or keep its pods off this node";

    private KvmOnlyRules() {}

    /** The file to run, once the plan has nothing that this VMM cannot do. */
    static String kernel(String vmm, LaunchPlan plan) throws RefusedException {
        require(
                plan.accelerator() == Accelerator.KVM,
                vmm + " runs on KVM only; set spec.accelerator to KVM, or use a runtime whose vmm is qemu");
        var kernel = plan.boot().kernel();
        if (kernel == null || plan.boot().initrd() != null) {
            throw refused(vmm + " boots a kernel and nothing else; remove boot.disk and boot.initrd");
        }
        var storage = plan.storage();
        require(
                storage.files() == FileChannel.None
                        && storage.mounts().isEmpty()
                        && storage.disks().isEmpty(),
                vmm + " guests get no files and disks; remove the volumes, and the runtime's files and disks");
        require(plan.entropy() == Entropy.None, vmm + " has no entropy device; set the runtime's entropy to None");
        require(plan.shutdown() == Shutdown.None, vmm + " has no power button; set the runtime's shutdown to None");
        return kernel;
    }

    static void require(boolean holds, String rule) throws RefusedException {
        if (!holds) {
            throw refused(rule);
        }
    }

    private static RefusedException refused(String rule) {
        return new RefusedException(RefusalReason.BadPlan, "launch plan: " + rule);
    }
}

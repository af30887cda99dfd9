package dev.skete.operator.unikernel;

import dev.skete.api.Accelerator;
import dev.skete.api.AcceleratorPolicy;
import dev.skete.api.ConditionReason;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.operator.runtime.RuntimeLookup;
import dev.skete.operator.unikernel.accelerator.AcceleratorChoice;
import dev.skete.operator.unikernel.status.Verdict;
import java.util.Optional;

/** VMMs that cannot emulate. */
final class KvmOnly {
    private KvmOnly() {}

    /** Why guests of this runtime cannot run with the accelerator that was chosen; empty if they can. */
    static Optional<Verdict> obstacle(
            AcceleratorPolicy policy, String name, UnikernelRuntimeSpec runtime, AcceleratorChoice choice) {
        if (!RuntimeLookup.KVM_ONLY_VMMS.contains(runtime.vmm()) || choice.accelerator() == Accelerator.KVM) {
            return Optional.empty();
        }
        var problem = "UnikernelRuntime " + name + " has the virtual machine monitor " + runtime.vmm()
                + ", which runs on KVM only, and ";
        return Optional.of(
                policy == AcceleratorPolicy.Emulation
                        ? new Verdict(
                                ConditionReason.RuntimeInvalid,
                                problem + "spec.accelerator asks for emulation. Set it to KVM or Auto, or use a runtime"
                                        + " whose vmm is qemu.")
                        : new Verdict(
                                ConditionReason.NoNodeWithAccelerator,
                                problem + "no node offers " + Accelerator.KVM.resource()
                                        + ". Add a node with hardware virtualization, or use a runtime whose vmm is qemu."));
    }
}

package dev.skete.operator.unikernel.accelerator;

import dev.skete.api.Accelerator;
import dev.skete.api.AcceleratorPolicy;
import dev.skete.api.ConditionReason;
import java.util.Optional;

/** The accelerator of a Unikernel's guests, why it is this one, and whether KVM executes them at all. */
public record AcceleratorChoice(Accelerator accelerator, ConditionReason reason, String message) {

    /**
     * Decides for a Unikernel.
     *
     * @param bound the accelerator that guests of this very template run with, if any do: changing it would restart them all, so it
     *     stays as long as a node offers it
     */
    public static AcceleratorChoice choose(AcceleratorPolicy policy, Optional<Accelerator> bound, NodeOffers offers) {
        return switch (policy) {
            case KVM ->
                offers.kvm()
                        ? new AcceleratorChoice(
                                Accelerator.KVM,
                                ConditionReason.KvmAvailable,
                                "Guests run on KVM, as spec.accelerator asks.")
                        : new AcceleratorChoice(
                                Accelerator.KVM,
                                ConditionReason.NoNodeWithAccelerator,
                                "spec.accelerator asks for KVM, and no node offers " + Accelerator.KVM.resource()
                                        + ": add a node with hardware virtualization, or, with a runtime whose vmm is qemu, set it to Auto or Emulation.");
            case Emulation ->
                new AcceleratorChoice(
                        Accelerator.Emulation,
                        ConditionReason.EmulationRequested,
                        "Guests are emulated, as spec.accelerator asks.");
            case Auto -> bound.filter(offers::offers).map(b -> keep(b, offers)).orElseGet(() -> fresh(offers));
        };
    }

    /** Whether KVM executes the guests. */
    public boolean accelerated() {
        return reason == ConditionReason.KvmAvailable;
    }

    private static AcceleratorChoice keep(Accelerator bound, NodeOffers offers) {
        if (bound == Accelerator.Emulation && offers.kvm()) {
            return new AcceleratorChoice(
                    bound,
                    ConditionReason.Emulated,
                    "Guests are emulated, because no node offered KVM when they started. A node does now; the next change"
                            + " of the guests moves them there, or kubectl delete their Deployment to do it at once.");
        }
        return fresh(offers);
    }

    private static AcceleratorChoice fresh(NodeOffers offers) {
        if (offers.kvm()) {
            return new AcceleratorChoice(
                    Accelerator.KVM,
                    ConditionReason.KvmAvailable,
                    "Guests run on KVM, which at least one node offers.");
        }
        if (offers.emulation()) {
            return new AcceleratorChoice(
                    Accelerator.Emulation,
                    ConditionReason.Emulated,
                    "Guests are emulated, because no node offers " + Accelerator.KVM.resource()
                            + ": a node needs /dev/kvm with hardware support for it.");
        }
        return new AcceleratorChoice(
                Accelerator.Emulation,
                ConditionReason.NoNodeWithAccelerator,
                "No node offers " + Accelerator.KVM.resource() + " or " + Accelerator.Emulation.resource()
                        + " yet: check that the skete node agent runs.");
    }
}

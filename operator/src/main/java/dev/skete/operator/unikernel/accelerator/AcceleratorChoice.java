package dev.skete.operator.unikernel.accelerator;

import dev.skete.api.Accelerator;
import dev.skete.api.AcceleratorPolicy;
import java.util.Optional;

/** The accelerator of a Unikernel's guests, and why it is this one. */
public record AcceleratorChoice(Accelerator accelerator, Reason reason, String message) {

    /** Reasons of the condition Accelerated; part of the API. */
    public enum Reason {
        KVMRequested,
        KVMOffered,
        EmulationRequested,
        NoNodeOffersKVM,
        NoNodeOffersAny,
        KeptUntilNextChange
    }

    /**
     * Decides for a Unikernel.
     *
     * @param bound the accelerator that guests of this very template run with, if any do: changing it would restart them all, so it
     *     stays as long as a node offers it
     */
    public static AcceleratorChoice choose(AcceleratorPolicy policy, Optional<Accelerator> bound, NodeOffers offers) {
        return switch (policy) {
            case KVM ->
                new AcceleratorChoice(Accelerator.KVM, Reason.KVMRequested, "Guests run on KVM, as spec.accelerator asks.");
            case Emulation ->
                new AcceleratorChoice(
                        Accelerator.Emulation,
                        Reason.EmulationRequested,
                        "Guests are emulated, as spec.accelerator asks.");
            case Auto -> bound.filter(offers::offers).map(b -> keep(b, offers)).orElseGet(() -> fresh(offers));
        };
    }

    private static AcceleratorChoice keep(Accelerator bound, NodeOffers offers) {
        if (bound == Accelerator.Emulation && offers.kvm()) {
            return new AcceleratorChoice(
                    bound,
                    Reason.KeptUntilNextChange,
                    "Guests are emulated, because no node offered KVM when they started. A node does now; the next change"
                            + " of the guests moves them there, or kubectl delete their Deployment to do it at once.");
        }
        return fresh(offers);
    }

    private static AcceleratorChoice fresh(NodeOffers offers) {
        if (offers.kvm()) {
            return new AcceleratorChoice(
                    Accelerator.KVM, Reason.KVMOffered, "Guests run on KVM, which at least one node offers.");
        }
        if (offers.emulation()) {
            return new AcceleratorChoice(
                    Accelerator.Emulation,
                    Reason.NoNodeOffersKVM,
                    "Guests are emulated, because no node offers " + Devices.of(Accelerator.KVM)
                            + ": a node needs /dev/kvm with hardware support for it.");
        }
        return new AcceleratorChoice(
                Accelerator.Emulation,
                Reason.NoNodeOffersAny,
                "No node offers " + Devices.of(Accelerator.KVM) + " or " + Devices.of(Accelerator.Emulation)
                        + " yet: check that the skete node agent runs.");
    }
}

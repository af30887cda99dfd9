package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.LaunchPlan;
import java.util.List;

/** A virtual machine monitor the agent can compose command lines for. */
public sealed interface Vmm permits Qemu, Uhyve, Solo5Hvt {

    /** The VMM a plan names. */
    static Vmm named(String name) throws RefusedException {
        return switch (name) {
            case Qemu.NAME -> new Qemu();
            case Uhyve.NAME -> new Uhyve();
            case Solo5Hvt.NAME -> new Solo5Hvt();
            default ->
                throw new RefusedException(
                        RefusalReason.UnknownVmm,
                        "this node's agent has no VMM \"%s\"; set the runtime's spec.vmm to \"%s\", \"%s\" or \"%s\""
                                .formatted(name, Qemu.NAME, Uhyve.NAME, Solo5Hvt.NAME));
        };
    }

    /** The packs that can run such a guest, the best first. */
    List<PackKind> packs(LaunchPlan plan);

    /** What to do where a node has no KVM for it, half a sentence. */
    String remedyWithoutKvm();

    /** Whether its guest has the MAC address that it finds on the tap, instead of the one that it is told. */
    default boolean guestHasTapsMac() {
        return false;
    }

    /** Whether it works with a tap that was opened for it. */
    default boolean takesOpenTap() {
        return false;
    }

    /**
     * The command that runs a guest.
     *
     * @throws RefusedException if the plan or an argument cannot be turned into one; the text says which and what to do
     */
    VmmCommand command(GuestLaunch launch) throws RefusedException;
}

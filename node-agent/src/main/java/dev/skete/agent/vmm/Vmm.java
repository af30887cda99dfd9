package dev.skete.agent.vmm;

import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;

/** A virtual machine monitor the agent can compose command lines for. */
public sealed interface Vmm permits Qemu {

    /** The VMM a plan names; the others in the design are not built yet. */
    static Vmm named(String name) throws RefusedException {
        if (name.equals(Qemu.NAME)) {
            return new Qemu();
        }
        throw new RefusedException(
                RefusalReason.UnknownVmm,
                "this node's agent has no VMM \"%s\"; set the runtime's spec.vmm to \"%s\"".formatted(name, Qemu.NAME));
    }

    /**
     * The command that runs a guest.
     *
     * @throws RefusedException if the plan or an argument cannot be turned into one; the text says which and what to do
     */
    VmmCommand command(GuestLaunch launch) throws RefusedException;
}

package dev.skete.agent.vmm;

import dev.skete.api.Accelerator;
import dev.skete.api.FileChannel;
import dev.skete.api.LaunchPlan;
import dev.skete.api.MachineType;

/** The packs that a node may hold: two builds of QEMU, and VMMs that run on KVM only. */
public enum PackKind {
    /** Every machine type, KVM and emulation. */
    FULL("qemu", PackKind.INIT_CONTAINER),
    /**
     * Debian's small build: the microvm machine on KVM only, for less memory and a faster start. It has no isa-debug-exit, so its guests
     * cannot choose an exit status, no seccomp filter of its own, no PCI and no shared directories.
     */
    MICROVM("qemu-microvm", PackKind.INIT_CONTAINER),
    /** Hermit's own VMM. */
    UHYVE("uhyve", "set the chart's value agent.vmms.uhyve.enabled to true"),
    /** Solo5's VMM. */
    SOLO5_HVT("solo5-hvt", "put one there by hand, as node-agent/vmm/README.md says");

    private static final String INIT_CONTAINER = "look at the node agent's init container vmm-qemu";

    private final String directoryPrefix;
    private final String remedy;

    PackKind(String directoryPrefix, String remedy) {
        this.directoryPrefix = directoryPrefix;
        this.remedy = remedy;
    }

    /** What the names of this kind's directories start with; {@code NAME.current} beside them names the one in use. */
    public String directoryPrefix() {
        return directoryPrefix;
    }

    /** How a node that has none gets one, half a sentence. */
    public String remedy() {
        return remedy;
    }

    /** The smallest QEMU that can run such a guest; a plan that maps exit statuses has a guest that chooses one. */
    public static PackKind smallestFor(LaunchPlan plan) {
        boolean small = plan.machine().type() == MachineType.microvm
                && plan.accelerator() == Accelerator.KVM
                && plan.exitCodes().isEmpty()
                && VirtioBus.of(plan) == VirtioBus.MMIO
                && plan.storage().files() != FileChannel.Virtio9p;
        return small ? MICROVM : FULL;
    }
}

package dev.skete.agent.vmm;

import dev.skete.api.LaunchPlan;
import dev.skete.api.MachineType;

/** Where a machine's virtio devices are, which is part of their names in QEMU. */
enum VirtioBus {
    PCI("-pci"),
    MMIO("-device");

    /** Of a PC's 32 PCI slots its chipset takes up to three, and nobody has needed the last few. */
    private static final int PCI_DEVICES = 24;
    /** Transports a microvm has with a second I/O APIC, which it gets with ACPI, and without. QEMU 7.2, hw/i386/microvm.c. */
    private static final int MMIO_DEVICES_WITH_ACPI = 24;

    private static final int MMIO_DEVICES = 8;

    private final String suffix;

    VirtioBus(String suffix) {
        this.suffix = suffix;
    }

    static VirtioBus of(LaunchPlan plan) {
        return plan.machine().type() == MachineType.microvm && !has(plan, "pcie", "on") ? MMIO : PCI;
    }

    /** QEMU's name of a device on this bus: {@code virtio-blk} is {@code virtio-blk-pci} or {@code virtio-blk-device}. */
    String device(String kind) {
        return kind + suffix;
    }

    /** How many virtio devices the plan's machine has room for. */
    static int room(LaunchPlan plan) {
        return switch (of(plan)) {
            case PCI -> PCI_DEVICES;
            case MMIO -> has(plan, "acpi", "off") ? MMIO_DEVICES : MMIO_DEVICES_WITH_ACPI;
        };
    }

    private static boolean has(LaunchPlan plan, String option, String value) {
        return value.equals(plan.machine().options().get(option));
    }
}

package dev.skete.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The virtual machine a family needs. */
public record Machine(
        MachineType type,
        @Nullable Map<String, String> options,
        @Nullable CpuModels cpu) {
    /** QEMU CPU models, one for each way to execute. */
    public record CpuModels(@Nullable String kvm, @Nullable String emulation) {}
}

package dev.skete.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contract between the operator, which writes it, and the node agent, which launches from it: a runtime resolved for one Unikernel,
 * without node facts. It travels as JSON in the guest container's {@value #VARIABLE} variable.
 */
public record LaunchPlan(
        int version,
        String vmm,
        Accelerator accelerator,
        MachinePlan machine,
        int memoryMiB,
        int cpus,
        Boot boot,
        Nic nic,
        List<String> commandLine,
        String envFormat,
        Quoting quoting,
        List<String> env,
        Map<Integer, Integer> exitCodes,
        Shutdown shutdown,
        List<Integer> ports,
        Stdin stdin) {

    /** The version this code writes and reads. */
    public static final int CURRENT_VERSION = 1;

    /** The environment variable that carries the plan. */
    public static final String VARIABLE = "SKETE_PLAN";

    /** The machine with its CPU model resolved for the plan's accelerator; a null model leaves QEMU's default. */
    public record MachinePlan(
            MachineType type,
            Map<String, String> options,
            @Nullable String cpu) {}
}

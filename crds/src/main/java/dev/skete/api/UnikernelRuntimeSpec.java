package dev.skete.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One guest family. */
public record UnikernelRuntimeSpec(
        String vmm,
        Machine machine,
        Boot boot,
        Nic nic,
        @Nullable List<String> commandLine,
        @Nullable String envFormat,
        @Nullable Quoting quoting,
        @Nullable Map<String, Integer> exitCodes,
        @Nullable Shutdown shutdown,
        @Nullable Overhead overhead) {}

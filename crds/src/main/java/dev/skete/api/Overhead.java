package dev.skete.api;

import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What the VMM itself needs beside the guest's memory and CPU. */
public record Overhead(@Nullable Quantity memory, @Nullable Quantity cpu) {}

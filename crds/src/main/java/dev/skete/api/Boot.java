package dev.skete.api;

import org.jspecify.annotations.Nullable;

/** Absolute paths, inside the user's image, of what the VMM loads. */
public record Boot(String kernel, @Nullable String initrd) {}

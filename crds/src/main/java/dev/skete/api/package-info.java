/** The Skete API, {@code skete.dev/v1alpha1}: what users write, what they read back, and the plan the node agent launches from. */
@NullMarked
package dev.skete.api;

import org.jspecify.annotations.NullMarked;

/** The exit code matrix of {@code make bench}: every family, every way to end, what is expected and what was seen. */
@NullMarked
package dev.skete.e2e.bench.exit;

import org.jspecify.annotations.NullMarked;

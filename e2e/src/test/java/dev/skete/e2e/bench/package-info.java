/** {@code make bench}: every figure beside its peer's from the same run, as a ratio. Not tests: nothing here passes or fails. */
@NullMarked
package dev.skete.e2e.bench;

import org.jspecify.annotations.NullMarked;

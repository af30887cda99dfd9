/** Installs the chart where no helm command is, and tests it. */
@NullMarked
package dev.skete.helm;

import org.jspecify.annotations.NullMarked;

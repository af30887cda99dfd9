/** The other end of every QEMU's monitor: QEMU dials in, says how its guest fares, and takes the few orders the agent gives. */
@NullMarked
package dev.skete.agent.qmp;

import org.jspecify.annotations.NullMarked;

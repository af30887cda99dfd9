/**
 * The Skete operator: wiring.
 *
 * <p>The process ends, for the kubelet to start it again, when it cannot go on: with 1 after about 20 seconds if no API server answers at
 * its start, and with 1 when its lease could not be renewed. Guests do not notice.
 */
@NullMarked
package dev.skete.operator;

import org.jspecify.annotations.NullMarked;

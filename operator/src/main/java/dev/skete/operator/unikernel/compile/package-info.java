/** The pure compiler from a Unikernel and its runtime to ordinary Kubernetes objects. No client, no clock, no I/O: a CLI can use it. */
@NullMarked
package dev.skete.operator.unikernel.compile;

import org.jspecify.annotations.NullMarked;

/** The reconciler of Unikernels: observe, decide, act, report. */
@NullMarked
package dev.skete.operator.unikernel;

import org.jspecify.annotations.NullMarked;

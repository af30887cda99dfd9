/** The pure decision between KVM and emulation. */
@NullMarked
package dev.skete.operator.unikernel.accelerator;

import org.jspecify.annotations.NullMarked;

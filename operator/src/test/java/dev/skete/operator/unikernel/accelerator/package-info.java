@NullMarked
package dev.skete.operator.unikernel.accelerator;

import org.jspecify.annotations.NullMarked;

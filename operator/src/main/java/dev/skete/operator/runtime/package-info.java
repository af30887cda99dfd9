/** What the operator does about UnikernelRuntimes: it looks them up, and knows who uses which. */
@NullMarked
package dev.skete.operator.runtime;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.skete.operator.unikernel.compile;

import org.jspecify.annotations.NullMarked;

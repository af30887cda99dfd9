@NullMarked
package dev.skete.operator.unikernel.status;

import org.jspecify.annotations.NullMarked;

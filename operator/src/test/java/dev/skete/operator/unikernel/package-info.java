@NullMarked
package dev.skete.operator.unikernel;

import org.jspecify.annotations.NullMarked;

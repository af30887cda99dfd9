/** The Skete operator: wiring. */
@NullMarked
package dev.skete.operator;

import org.jspecify.annotations.NullMarked;

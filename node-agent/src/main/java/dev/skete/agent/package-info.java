/** The node agent's wiring: it builds the parts and starts them in order. What they do is in the packages below. */
@NullMarked
package dev.skete.agent;

import org.jspecify.annotations.NullMarked;

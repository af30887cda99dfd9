/** Running the commands a user would run. */
@NullMarked
package dev.skete.e2e.process;

import org.jspecify.annotations.NullMarked;

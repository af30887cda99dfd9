/** The whole product on a real cluster. */
@NullMarked
package dev.skete.e2e;

import org.jspecify.annotations.NullMarked;

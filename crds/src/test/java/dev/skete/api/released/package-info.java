/** What released versions wrote and promised, and whether today's code still keeps it. */
@NullMarked
package dev.skete.api.released;

import org.jspecify.annotations.NullMarked;

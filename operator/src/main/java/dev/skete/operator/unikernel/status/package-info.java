/** The pure function from what was seen of a Unikernel, its children and their pods to its status. */
@NullMarked
package dev.skete.operator.unikernel.status;

import org.jspecify.annotations.NullMarked;

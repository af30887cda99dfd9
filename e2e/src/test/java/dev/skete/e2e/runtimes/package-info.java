/** The runtimes the chart ships, through the operator's compiler and the node agent's command lines, without a cluster. */
@NullMarked
package dev.skete.e2e.runtimes;

import org.jspecify.annotations.NullMarked;

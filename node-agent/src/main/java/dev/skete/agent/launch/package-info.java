/** The launch server: identifies the pod that asks, wires its network, and answers with the VMM's command line, or with a reason why not. */
@NullMarked
package dev.skete.agent.launch;

import org.jspecify.annotations.NullMarked;

/**
 * VMM command lines as a pure function of the launch plan, the pod's arguments and the node's facts. No I/O and no client, so that a tool
 * without any cluster can reuse it.
 */
@NullMarked
package dev.skete.agent.vmm;

import org.jspecify.annotations.NullMarked;

/** Leaves nothing on the node when Skete is uninstalled, and everything when the agent only restarts. */
@NullMarked
package dev.skete.agent.uninstall;

import org.jspecify.annotations.NullMarked;

/** Tests of {@code node-agent/vmm/install-packs}. */
@NullMarked
package dev.skete.agent.packs;

import org.jspecify.annotations.NullMarked;

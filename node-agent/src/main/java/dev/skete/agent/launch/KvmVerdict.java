package dev.skete.agent.launch;

import java.util.Optional;

/** Whether guests may use KVM on this node. */
@FunctionalInterface
public interface KvmVerdict {
    /** Why not, in words; empty if they may. May wait, within a bound, for the boot probe to end. */
    Optional<String> whyNot();
}

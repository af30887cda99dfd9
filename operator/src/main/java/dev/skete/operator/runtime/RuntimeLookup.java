package dev.skete.operator.runtime;

import dev.skete.api.UnikernelRuntimeSpec;
import java.util.List;
import java.util.Set;

/** What looking up the runtime that a Unikernel names came to. */
public sealed interface RuntimeLookup {
    /** VMMs that this release's node agent can start. */
    List<String> KNOWN_VMMS = List.of("qemu", "uhyve", "solo5-hvt");

    /** Those of them that cannot emulate. */
    Set<String> KVM_ONLY_VMMS = Set.of("uhyve", "solo5-hvt");

    /** It exists, and node agents can run it. */
    record Found(UnikernelRuntimeSpec spec) implements RuntimeLookup {}

    /** It exists, and no node agent knows its VMM. */
    record UnknownVmm(String name, String vmm) implements RuntimeLookup {}

    /** There is none of that name. */
    record Missing(String name) implements RuntimeLookup {}
}

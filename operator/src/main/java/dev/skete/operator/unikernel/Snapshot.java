package dev.skete.operator.unikernel;

import dev.skete.api.Unikernel;
import dev.skete.operator.runtime.RuntimeLookup;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import dev.skete.operator.unikernel.compile.GuestSeccomp;
import dev.skete.operator.unikernel.status.LiveChildren;
import dev.skete.operator.unikernel.status.NodeView;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;

/** Everything a decision may depend on, as it was seen at one moment. Only pods and children of this Unikernel are in it. */
record Snapshot(
        Unikernel unikernel,
        RuntimeLookup runtime,
        LiveChildren children,
        List<Pod> pods,
        NodeOffers offers,
        Map<String, NodeView> nodes,
        GuestSeccomp seccomp) {}

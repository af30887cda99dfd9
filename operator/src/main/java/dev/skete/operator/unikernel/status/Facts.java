package dev.skete.operator.unikernel.status;

import dev.skete.api.Unikernel;
import dev.skete.operator.unikernel.accelerator.AcceleratorChoice;
import dev.skete.operator.unikernel.accelerator.NodeOffers;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a Unikernel's status depends on.
 *
 * @param obstacle what kept the operator from bringing the children to what the spec asks
 * @param nodes the nodes by name
 * @param choice the accelerator decided on, if a decision was made
 */
public record Facts(
        Unikernel unikernel,
        Optional<Verdict> obstacle,
        LiveChildren children,
        List<Pod> pods,
        NodeOffers offers,
        Map<String, NodeView> nodes,
        Optional<AcceleratorChoice> choice,
        Instant now) {}

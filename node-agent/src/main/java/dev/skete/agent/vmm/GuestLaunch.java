package dev.skete.agent.vmm;

import dev.skete.api.LaunchPlan;
import java.util.List;
import java.util.SequencedMap;

/**
 * Everything a command line is made from.
 *
 * @param arguments the user's arguments, as the kubelet expanded them
 * @param environment the guest's variables, in the order they are passed
 */
public record GuestLaunch(
        LaunchPlan plan,
        PodName pod,
        List<String> arguments,
        SequencedMap<String, String> environment,
        NetworkFacts network,
        VmmPack pack) {}

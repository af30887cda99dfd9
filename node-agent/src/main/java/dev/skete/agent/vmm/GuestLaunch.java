package dev.skete.agent.vmm;

import dev.skete.api.LaunchPlan;
import java.util.List;
import java.util.SequencedMap;

/**
 * Everything a command line is made from.
 *
 * @param arguments the user's arguments, as the kubelet expanded them
 * @param environment the guest's variables, in the order they are passed
 * @param files the files in the mounted volumes, as {@code volume/path}, in no order; may be one more than {@link #MOST_FILES}
 */
public record GuestLaunch(
        LaunchPlan plan,
        PodName pod,
        List<String> arguments,
        SequencedMap<String, String> environment,
        NetworkFacts network,
        List<String> files,
        VmmPack pack) {

    /** How many files a guest may be given one by one. */
    public static final int MOST_FILES = 256;
}

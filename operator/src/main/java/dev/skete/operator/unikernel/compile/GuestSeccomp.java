package dev.skete.operator.unikernel.compile;

import io.fabric8.kubernetes.api.model.SeccompProfile;
import org.jspecify.annotations.Nullable;

/** The seccomp profile of guests' pods: one for all of a cluster, by the chart's {@code guests.seccompProfile}. */
public enum GuestSeccomp {
    /** The container runtime's own. */
    RuntimeDefault(null),

    /** Skete's, which allows no more than launcher and VMM use. The node agent puts it on its node. */
    Localhost("skete/vmm.json");

    private final SeccompProfile profile;

    GuestSeccomp(@Nullable String file) {
        this.profile = new SeccompProfile(file, name());
    }

    SeccompProfile profile() {
        return profile;
    }
}

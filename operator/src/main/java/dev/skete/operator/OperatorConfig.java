package dev.skete.operator;

import dev.skete.operator.unikernel.compile.GuestSeccomp;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The operator's own settings, {@code skete.operator.*} or {@code SKETE_OPERATOR_*}. */
@ConfigMapping(prefix = "skete.operator")
public interface OperatorConfig {
    /** Namespace the operator runs in, for its lease; without it, the one of the ServiceAccount or the kubeconfig. */
    Optional<String> namespace();

    /** Name of this operator among several, told in events. */
    @WithDefault("skete-operator")
    String instance();

    /** The seccomp profile of guests' pods; Localhost only where the node agents install it. */
    @WithDefault("RuntimeDefault")
    GuestSeccomp guestSeccompProfile();
}

package dev.skete.e2e;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A guest family that no line of Skete's code knows, by YAML alone: iPXE, as Debian packages it. It boots as Linux does, has a command
 * language of its own, learns its address and its name server by DHCP, and ends by a reset if all its commands worked; else it waits
 * for ever for somebody at its keyboard.
 */
@OnCluster
class UnknownFamilyE2E {

    @Test
    void itFetchesFromAServiceByNameAndItsJobIsComplete(Sandbox sandbox) {
        sandbox.apply(Guests.hello("hello", 1));
        sandbox.awaitReady("hello", 1);
        String family = "ipxe-" + sandbox.namespace();
        sandbox.apply(Family.IPXE_RUNTIME.formatted(family));
        try {
            var address = "http://hello.%s.svc.cluster.local/".formatted(sandbox.namespace());
            sandbox.apply(Family.IPXE.job("fetch", List.of(address)).replace("runtime: ipxe", "runtime: " + family));

            sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/fetch", "--timeout=60s")
                    .run();
        } finally {
            sandbox.kubectl("delete", "unikernelruntime", family).run();
        }
    }
}

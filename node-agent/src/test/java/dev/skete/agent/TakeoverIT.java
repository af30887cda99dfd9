package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What an agent does first when guests run already. */
class TakeoverIT extends AgentScene {
    /** Dials until an agent listens, keeps silent, and says whether monitors could dial in meanwhile. */
    private static final String SILENT = """
            use IO::Socket::UNIX;
            my $s;
            select(undef, undef, undef, 0.01) until $s = IO::Socket::UNIX->new(Peer => '/skete/run/agent.sock');
            select(undef, undef, undef, 0.3);
            print IO::Socket::UNIX->new(Peer => '/skete/run/qmp.sock') ? 'let in' : 'kept waiting';
            """;

    @Test
    void monitorsWaitUntilNoGuestIsBeingTakenOver() throws Exception {
        stopAgent();
        try (var pod = new GuestPod(root)) {
            var peer = pod.startInstead("perl", "-e", SILENT);

            startAgent();

            assertThat(peer.exitStatus()).as(peer.said()).isZero();
            assertThat(new String(peer.console(), StandardCharsets.UTF_8)).isEqualTo("kept waiting");
        }
    }
}

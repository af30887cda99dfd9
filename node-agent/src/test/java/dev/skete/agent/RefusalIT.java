package dev.skete.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skete.agent.device.TinyGuests;
import dev.skete.agent.refusal.RefusalReason;
import dev.skete.api.Accelerator;
import dev.skete.api.GuestReason;
import dev.skete.api.GuestState;
import dev.skete.api.LaunchPlan;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalIT extends AgentScene {
    private static final int REFUSED = 125;

    @Test
    void aPodInTheNodesNetworkIsRefused() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.startInHostNetwork(guest(TinyGuests.thatSleeps(), Map.of()));
            assertRefused(container, RefusalReason.HostNetwork, "remove hostNetwork");
        }
    }

    @Test
    void aPlanThatCannotBeReadIsRefusedAndThePodSaysSo() throws Exception {
        try (var pod = new GuestPod(root)) {
            var environment =
                    Map.of(LaunchPlan.VARIABLE, "{", "SKETE_POD_NAMESPACE", "shop", "SKETE_POD_NAME", "hello-1");
            assertRefused(pod.start(environment), RefusalReason.BadPlan, "not JSON");
            awaitReason(pod, GuestReason.Refused);
        }
    }

    @Test
    void aPodThatIsNoGuestIsToldWhoMakesGuests() throws Exception {
        try (var pod = new GuestPod(root)) {
            assertRefused(pod.start(Map.of()), RefusalReason.BadPlan, "guests are started by Skete's operator");
        }
    }

    @Test
    void aPodThatOnlyPlaysTheMonitorIsNoGuestAndLeavesNothing() throws Exception {
        var lie = """
                use IO::Socket::UNIX;
                my $s = IO::Socket::UNIX->new(Peer => '/skete/run/qmp.sock') or die $!;
                syswrite $s, qq~{"QMP": {}}\\n~;
                sysread $s, my $asked, 1024 or die;
                syswrite $s, qq~{"return": {"status": "running"}}\\n~;
                sleep 600;
                """;
        try (var pod = new GuestPod(root)) {
            pod.startInstead("perl", "-e", lie);
            await("it to be heard").until(() -> journal.count(GuestState.Running) == 1);
        }
        await("it to be forgotten").until(() -> journal.count(GuestState.Running) == 0);
        assertThat(conditions).isEmpty();
    }

    @Test
    void aPlanOfANewerOperatorIsRefused() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(Map.of(LaunchPlan.VARIABLE, "{\"version\": 2}"));
            assertRefused(container, RefusalReason.UnsupportedPlanVersion, "version 2");
        }
    }

    @Test
    void anArgumentNoGuestCanBeGivenIsRefusedByItsNumber() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatSleeps(), Map.of()), "fine", "two\nlines");
            assertRefused(container, RefusalReason.BadArgument, "argument 2 holds a newline");
        }
    }

    @Test
    void aGuestForKvmIsRefusedWhereTheBootProbeFoundNone() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatSleeps(), new TestPlan().accelerator(Accelerator.KVM)));
            assertRefused(container, RefusalReason.KvmMissing, "switched off");
        }
    }

    @Test
    void aVmmThatCannotEmulateIsNotToldTo() throws Exception {
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatSleeps(), new TestPlan().vmm("uhyve")));
            assertRefused(container, RefusalReason.KvmMissing, "whose vmm is qemu");
        }
    }

    @Test
    void aNodeWithoutPacksRefusesAndNamesWhatInstallsThem() throws Exception {
        Files.delete(root.resolve("guest/vmm/qemu.current"));
        try (var pod = new GuestPod(root)) {
            var container = pod.start(guest(TinyGuests.thatSleeps(), Map.of()));
            assertRefused(container, RefusalReason.NoVmmPack, "init container");
        }
    }

    @Test
    void aProcessThatIsNotAPodsIsRefusedWhenItAsks() throws Exception {
        try (var peer = connect()) {
            peer.write(ByteBuffer.wrap(new byte[] {'L', 0, 0, 0, 0, 0, 0, 0}));
            assertThat(readAll(peer)).startsWith("R").contains("is not in a pod container");
        }
    }

    @Test
    void aPeerThatSaysNothingIsSentAway() throws Exception {
        try (var peer = connect()) {
            assertThat(readAll(peer)).isEmpty();
        }
    }

    @Test
    void aFrameBeyondTheLimitIsRefused() throws Exception {
        try (var peer = connect()) {
            peer.write(ByteBuffer.wrap(new byte[] {'A', 0, 0, 0, 0, 0, 0, 127}));
            assertThat(readAll(peer)).startsWith("R").contains("longer than the limit");
        }
    }

    private void assertRefused(GuestPod.Container container, RefusalReason reason, String text) throws Exception {
        assertThat(container.exitStatus()).as(container.said()).isEqualTo(REFUSED);
        assertThat(container.said()).contains("skete: refused: ").contains(text);
        assertThat(meters.counter("skete.launch.refused", "reason", reason.name())
                        .count())
                .isEqualTo(1);
    }

    private SocketChannel connect() throws Exception {
        var peer = SocketChannel.open(StandardProtocolFamily.UNIX);
        peer.connect(UnixDomainSocketAddress.of(root.resolve("guest/run/agent.sock")));
        return peer;
    }

    private static String readAll(SocketChannel peer) throws Exception {
        return new String(Channels.newInputStream(peer).readAllBytes(), StandardCharsets.UTF_8);
    }
}

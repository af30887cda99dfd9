package dev.skete.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.Fuzz;
import dev.skete.agent.refusal.RefusalReason;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.api.Accelerator;
import dev.skete.api.Boot;
import dev.skete.api.Console;
import dev.skete.api.DiskAccess;
import dev.skete.api.Entropy;
import dev.skete.api.FailureReason;
import dev.skete.api.FileChannel;
import dev.skete.api.LaunchPlan;
import dev.skete.api.LaunchPlanJson;
import dev.skete.api.MachineType;
import dev.skete.api.Nic;
import dev.skete.api.NicModel;
import dev.skete.api.Quoting;
import dev.skete.api.Shutdown;
import dev.skete.api.Stdin;
import dev.skete.api.VnetHeader;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a pod sends in a launcher's place, the agent reads it or says why not; nothing else comes out. */
class LaunchFuzzTest {
    private static final byte[] TYPES = "AEDFLPSCTQ".getBytes(StandardCharsets.US_ASCII);
    private static final String[] JSON = {
        "null",
        "{}",
        "[]",
        "\"\"",
        "-1",
        "1e999",
        "99999999999999999999",
        "0.5",
        "true",
        "[null]",
        "{\"a\":null}",
        "\"..\"",
        "[[[[[[[["
    };
    private static final byte[] PLAN = LaunchPlanJson.encode(new LaunchPlan(
                    1,
                    "qemu",
                    Accelerator.Emulation,
                    new LaunchPlan.MachinePlan(MachineType.q35, Map.of("acpi", "off"), "qemu64,+fsgsbase", 244),
                    64,
                    1,
                    new Boot("/loader", "/app", null),
                    new Nic(NicModel.VIRTIO_NET_PCI, Map.of("packed", "on"), VnetHeader.Disabled),
                    List.of("-ip", "${net.ip}", "${args}"),
                    "${name}=${value}",
                    Quoting.Posix,
                    List.of("MODE"),
                    Map.of(3, 0),
                    Shutdown.ACPI,
                    List.of(8080),
                    Stdin.Closed,
                    new LaunchPlan.Storage(
                            FileChannel.FwCfg,
                            List.of(new LaunchPlan.Mount("conf", "/etc/app")),
                            "${tag}:${path}",
                            List.of(new LaunchPlan.Disk("data", DiskAccess.ReadOnly))),
                    Entropy.VirtioRng,
                    new Console("exit ", List.of(new Console.Failure("panic", FailureReason.GuestPanicked, 3))),
                    5))
            .getBytes(StandardCharsets.UTF_8);

    @Test
    void anyBytesAreFramesOrAProtocolError() {
        Fuzz.each(random -> {
            var channel = new EmbeddedChannel(new FrameDecoder());
            var bytes = random.nextBoolean() ? Fuzz.bytes(random, 64) : Fuzz.mutated(random, conversation(random));
            try {
                channel.writeInbound(Unpooled.wrappedBuffer(bytes));
                introduce(channel);
            } catch (DecoderException e) {
                assertThat(e).hasCauseInstanceOf(ProtocolException.class);
            } finally {
                leave(channel);
            }
        });
    }

    /** What is left of the bytes is looked at once more. */
    private static void leave(EmbeddedChannel channel) {
        try {
            channel.finishAndReleaseAll();
        } catch (DecoderException e) {
            assertThat(e).hasCauseInstanceOf(ProtocolException.class);
        }
    }

    private static byte[] conversation(SplittableRandom random) {
        var bytes = new ByteArrayOutputStream();
        for (int i = random.nextInt(6); i >= 0; i--) {
            var payload = Fuzz.text(random, 40).getBytes(StandardCharsets.UTF_8);
            bytes.write(TYPES[random.nextInt(TYPES.length)]);
            bytes.writeBytes(new byte[] {0, 0, 0, (byte) payload.length, (byte) (payload.length >> 8), 0, 0});
            bytes.writeBytes(payload);
        }
        return bytes.toByteArray();
    }

    private static void introduce(EmbeddedChannel channel) {
        var introduction = new Introduction();
        for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            try {
                switch (frame.type()) {
                    case Frame.LAUNCH, Frame.ALREADY_RUNNING -> introduction.complete();
                    case Frame.ENDED -> assertThat(frame.number()).isNotNegative();
                    default -> introduction.take(frame);
                }
            } catch (ProtocolException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
        try {
            assertThat(introduction.complete().environment()).doesNotContainNull();
        } catch (ProtocolException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Test
    void anyTextIsAPlanThatObeysTheRulesOrIsRefusedAsABadPlan() {
        Fuzz.each(random -> {
            var text = random.nextInt(8) == 0
                    ? Fuzz.text(random, 64)
                    : new String(Fuzz.mutated(random, PLAN, JSON), StandardCharsets.UTF_8);
            try {
                var plan = PlanReader.read(text);
                assertThat(plan.ports()).hasSizeLessThanOrEqualTo(64).doesNotContainNull();
                assertThat(plan.memoryMiB()).isBetween(1, 1 << 20);
                GuestWatch.of(plan).frames();
            } catch (RefusedException e) {
                assertThat(Set.of(RefusalReason.BadPlan, RefusalReason.UnsupportedPlanVersion))
                        .contains(e.refusal().reason());
                assertThat(e.refusal().text()).isNotBlank();
            }
        });
    }

    @Test
    void thePlanThatIsMutatedIsAGoodOne() throws RefusedException {
        assertThat(PlanReader.read(new String(PLAN, StandardCharsets.UTF_8)).ports())
                .containsExactly(8080);
    }
}

package dev.skete.agent.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameTest {
    @Property(tries = 200)
    void aFrameSurvivesTheWireHoweverItIsCut(
            @ForAll byte type, @ForAll @Size(max = 64) byte[] payload, @ForAll @IntRange(min = 1, max = 9) int chunk) {
        var encoder = new EmbeddedChannel(new FrameEncoder());
        encoder.writeOutbound(new Frame(type, payload));
        ByteBuf bytes = encoder.readOutbound();
        var decoder = new EmbeddedChannel(new FrameDecoder());
        while (bytes.isReadable()) {
            decoder.writeInbound(bytes.readRetainedSlice(Math.min(chunk, bytes.readableBytes())));
        }
        Frame frame = decoder.readInbound();
        assertThat(frame.type()).isEqualTo(type);
        assertThat(frame.payload()).isEqualTo(payload);
        bytes.release();
    }

    @Test
    void aLengthBeyondTheLimitIsRefusedAtOnce() {
        var header = Unpooled.buffer().writeByte('A').writeMedium(0).writeIntLE(Frame.MAX_PAYLOAD + 1);
        assertThatExceptionOfType(DecoderException.class)
                .isThrownBy(() -> new EmbeddedChannel(new FrameDecoder()).writeInbound(header))
                .withCauseInstanceOf(ProtocolException.class);
    }

    @Test
    void aPeerThatHasBeenAnsweredHasNothingLongToSay() {
        var decoder = new FrameDecoder();
        var channel = new EmbeddedChannel(decoder);
        decoder.expectShortFrames();
        assertThat(channel.writeInbound(frameOf(Frame.MAX_REASON))).isTrue();
        assertThatExceptionOfType(DecoderException.class)
                .isThrownBy(() -> channel.writeInbound(frameOf(Frame.MAX_REASON + 1)));
    }

    private static ByteBuf frameOf(int length) {
        return Unpooled.buffer()
                .writeByte('N')
                .writeMedium(0)
                .writeIntLE(length)
                .writeZero(length);
    }

    @Test
    void aListRoundTripsWithEmptyWords() throws ProtocolException {
        var words = List.of("a", "", "b c");
        assertThat(Frame.ofList(Frame.ARGUMENTS, words).list()).isEqualTo(words);
        assertThat(Frame.ofList(Frame.ARGUMENTS, List.of()).list()).isEmpty();
    }

    @Test
    void aListWhoseLastWordIsNotTerminatedIsRefused() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Frame.ofText(Frame.ARGUMENTS, "a\0b").list());
    }

    @Test
    void aNumberIsDecimalAndNotNegative() throws ProtocolException {
        assertThat(Frame.ofText(Frame.ENDED, "143").number()).isEqualTo(143);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> Frame.ofText(Frame.ENDED, "-1").number());
    }

    @Test
    void aTypeThatIsNoLetterIsNamedByItsNumber() {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> new Introduction().take(Frame.ofText((byte) 0x8b, "")))
                .withMessageContaining("type 0x8b");
    }
}

package dev.skete.agent.launch;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Cuts a connection's bytes into frames. A length beyond the limit is refused before a byte of its payload is kept. */
final class FrameDecoder extends ByteToMessageDecoder {
    private int longest = Frame.MAX_PAYLOAD;

    /** From now on the peer has only short things to say, and room is kept for no others. */
    void expectShortFrames() {
        longest = Frame.MAX_REASON;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws ProtocolException {
        if (in.readableBytes() < Frame.HEADER) {
            return;
        }
        long length = in.getUnsignedIntLE(in.readerIndex() + 4);
        if (in.getUnsignedMedium(in.readerIndex() + 1) != 0 || length > longest) {
            throw new ProtocolException("frame header is not valid, or its payload is longer than the limit");
        }
        if (in.readableBytes() < Frame.HEADER + length) {
            return;
        }
        byte type = in.readByte();
        in.skipBytes(Frame.HEADER - 1);
        var payload = new byte[(int) length];
        in.readBytes(payload);
        out.add(new Frame(type, payload));
    }
}

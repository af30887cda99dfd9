package dev.skete.agent.launch;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Bounds what the agent keeps of all requests that are not answered yet, in bytes. Beyond that it hangs up on whoever has been talking for
 * longest: a launcher says all it has to say at once, and dials again when it is hung up on. One event loop's thread only.
 */
@Sharable
final class Intake extends ChannelInboundHandlerAdapter {
    private final int most;
    /** Those who still talk, in the order in which they began. */
    private final SequencedMap<Channel, Integer> talking = new LinkedHashMap<>();

    private int kept;

    Intake(int most) {
        this.most = most;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        talking.put(context.channel(), 0);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        var channel = context.channel();
        int more = ((ByteBuf) bytes).readableBytes();
        if (talking.computeIfPresent(channel, (_, before) -> before + more) != null) {
            kept += more;
            makeRoom();
        }
        if (channel.isOpen()) {
            context.fireChannelRead(bytes);
        } else {
            ReferenceCountUtil.release(bytes);
        }
    }

    private void makeRoom() {
        while (kept > most && !talking.isEmpty()) {
            var first = talking.pollFirstEntry();
            kept -= first.getValue();
            first.getKey().close();
        }
    }

    /** It has said all; what it said is kept until it is given back. Returns how much. */
    int finish(Channel channel) {
        var said = talking.remove(channel);
        return said == null ? 0 : said;
    }

    void giveBack(int bytes) {
        kept -= bytes;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        giveBack(finish(context.channel()));
        context.fireChannelInactive();
    }
}

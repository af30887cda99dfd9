package dev.skete.agent.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetSocketAddress;

/** Takes connections that {@code kubectl port-forward} makes to the pod's loopback to the guest, from the node's side. */
final class PortForward extends ChannelInitializer<EpollSocketChannel> {
    private static final int CONNECT_MILLIS = 3000;

    private final InetSocketAddress guest;
    private final Relays relays;

    PortForward(InetSocketAddress guest, Relays relays) {
        this.guest = guest;
        this.relays = relays;
    }

    @Override
    protected void initChannel(EpollSocketChannel near) {
        if (!relays.open()) {
            near.close();
            return;
        }
        near.closeFuture().addListener(_ -> relays.closed());
        near.config().setAutoRead(false).setAllowHalfClosure(true);
        var bootstrap = new Bootstrap()
                .group(near.eventLoop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new Relay(near));
        bootstrap.connect(guest).addListener((ChannelFutureListener) connected -> {
            if (connected.isSuccess() && near.isActive()) {
                near.pipeline().addLast(new Relay(connected.channel()));
                near.read();
                connected.channel().read();
            } else {
                near.close();
                connected.channel().close();
            }
        });
    }

    /** Copies one direction: reads on only when the other side has taken what was read, so it buffers one read at most. */
    private static final class Relay extends ChannelInboundHandlerAdapter {
        private final Channel other;

        Relay(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            other.writeAndFlush(bytes).addListener((ChannelFutureListener) written -> {
                if (written.isSuccess()) {
                    context.read();
                } else {
                    context.close();
                }
            });
        }

        /** One side has said all it will: the other hears it, and may still answer. */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent && other instanceof DuplexChannel duplex) {
                afterWhatIsOnItsWay(_ -> duplex.shutdownOutput());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            afterWhatIsOnItsWay(ChannelFutureListener.CLOSE);
        }

        /** Netty throws away what is not written yet when a channel is closed or its output shut down, and a peer's end comes before that. */
        private void afterWhatIsOnItsWay(ChannelFutureListener listener) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(listener);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}

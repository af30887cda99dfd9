package dev.skete.agent.launcher;

import dev.skete.agent.linux.PassedDescriptor;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A node agent that hands a descriptor to each launcher that asks, and then answers. The JDK's own sockets cannot. */
record HandingAgent(Channel server) implements AutoCloseable {
    private static final byte[] INTERFACE = new Frame('I', new byte[0]).bytes();

    static HandingAgent listen(Path directory, EventLoopGroup loop, int descriptor, byte[] answer) {
        var socket = directory.resolve(LauncherProcess.SOCKET).toString();
        var bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .childHandler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel launcher) {
                        launcher.pipeline().addLast(new Answering(descriptor, answer));
                    }
                });
        return new HandingAgent(bootstrap
                .bind(new DomainSocketAddress(socket))
                .syncUninterruptibly()
                .channel());
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
    }

    private static final class Answering extends SimpleChannelInboundHandler<ByteBuf> {
        private final int descriptor;
        private final byte[] answer;

        Answering(int descriptor, byte[] answer) {
            this.descriptor = descriptor;
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf said) throws IOException {
            if (said.toString(StandardCharsets.ISO_8859_1).endsWith("interface")) {
                int launcher =
                        ((EpollDomainSocketChannel) context.channel()).fd().intValue();
                PassedDescriptor.send(launcher, INTERFACE, descriptor);
                context.writeAndFlush(Unpooled.wrappedBuffer(answer));
                if (answer.length == 0) {
                    context.close();
                }
            }
        }
    }
}

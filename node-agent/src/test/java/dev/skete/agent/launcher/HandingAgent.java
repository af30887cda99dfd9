package dev.skete.agent.launcher;

import dev.skete.agent.linux.PassedDescriptor;
import dev.skete.agent.peer.AgentSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A node agent that hands a descriptor to each launcher that asks, and then answers. The JDK's own sockets cannot. */
record HandingAgent(Channel server, AtomicInteger handed) implements AutoCloseable {
    private static final byte[] INTERFACE = new Frame('I', new byte[0]).bytes();

    /** Hangs up instead of answering if the answer is empty. */
    static HandingAgent listen(Path directory, EventLoopGroup loop, int descriptor, byte[] answer) throws IOException {
        var handed = new AtomicInteger();
        var server = AgentSocket.listen(
                directory.resolve(LauncherProcess.SOCKET),
                loop,
                launcher -> launcher.pipeline().addLast(new Answering(descriptor, answer, handed)));
        return new HandingAgent(server, handed);
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
    }

    private static final class Answering extends SimpleChannelInboundHandler<ByteBuf> {
        private final int descriptor;
        private final byte[] answer;
        private final AtomicInteger handed;

        Answering(int descriptor, byte[] answer, AtomicInteger handed) {
            this.descriptor = descriptor;
            this.answer = answer;
            this.handed = handed;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf said) throws IOException {
            if (said.toString(StandardCharsets.ISO_8859_1).endsWith("interface")) {
                int launcher =
                        ((EpollDomainSocketChannel) context.channel()).fd().intValue();
                PassedDescriptor.send(launcher, INTERFACE, descriptor);
                handed.incrementAndGet();
                context.writeAndFlush(Unpooled.wrappedBuffer(answer));
                if (answer.length == 0) {
                    context.close();
                }
            }
        }
    }
}

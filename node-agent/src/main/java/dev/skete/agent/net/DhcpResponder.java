package dev.skete.agent.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** Answers the guest on one tap. */
final class DhcpResponder extends SimpleChannelInboundHandler<DatagramPacket> {
    /** A guest has no address yet, and the socket is bound to its tap: everybody there is the guest. */
    private static final InetSocketAddress GUEST = new InetSocketAddress("255.255.255.255", DhcpMessage.CLIENT_PORT);

    private final DhcpLease lease;

    DhcpResponder(DhcpLease lease) {
        this.lease = lease;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        DhcpMessage.parse(packet.content().nioBuffer())
                .flatMap(lease::answer)
                .ifPresent(reply -> context.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(reply), GUEST)));
    }

    /** A datagram that could not be sent is asked for again by the guest; the socket stays. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        System.getLogger(DhcpResponder.class.getName())
                .log(System.Logger.Level.DEBUG, "DHCP on a tap: {0}", cause.getMessage());
    }
}

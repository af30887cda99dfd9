package dev.skete.agent.net;

import dev.skete.agent.net.KernelPodNetworks.Inside;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Serves DHCP and port-forward of all pods from one event loop: a guest costs two descriptors and no thread. */
public final class PodServices {
    private final EventLoopGroup loop;

    public PodServices(EventLoopGroup loop) {
        this.loop = loop;
    }

    WiredPod serve(Inside.Opened opened, TapRequest request) {
        List<Channel> channels = new ArrayList<>();
        var lease = new DhcpLease(opened.network(), request.resolver(), request.hostName());
        channels.add(dhcp(opened.dhcp(), lease));
        var relays = new Relays();
        for (int i = 0; i < opened.forwards().size(); i++) {
            var guest = new InetSocketAddress(
                    opened.network().address(), request.forwardedPorts().get(i));
            channels.add(forward(opened.forwards().get(i), new PortForward(guest, relays)));
        }
        return new Served(opened.network(), List.copyOf(channels), opened.tap());
    }

    private Channel dhcp(int fd, DhcpLease lease) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(() -> new EpollDatagramChannel(fd))
                .handler(new DhcpResponder(lease))
                .register()
                .channel();
    }

    private Channel forward(int fd, PortForward forward) {
        return new ServerBootstrap()
                .group(loop)
                .channelFactory(() -> new EpollServerSocketChannel(fd))
                .childHandler(forward)
                .register()
                .channel();
    }

    private record Served(PodNetwork network, List<Channel> channels, OpenTap tapDescriptor) implements WiredPod {
        @Override
        public String tap() {
            return Tap.NAME;
        }

        @Override
        public OptionalInt openTap() {
            return tapDescriptor.descriptor();
        }

        @Override
        public void letGoOfTap() {
            tapDescriptor.close();
        }

        @Override
        public void close() {
            channels.forEach(Channel::close);
            letGoOfTap();
        }
    }
}

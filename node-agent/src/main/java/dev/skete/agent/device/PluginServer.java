package dev.skete.agent.device;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One resource's socket in the kubelet's plugin directory. */
final class PluginServer implements AutoCloseable {
    private final Server server;

    private PluginServer(Server server) {
        this.server = server;
    }

    static PluginServer open(Path socket, EventLoopGroup loop, DevicePluginService service) throws IOException {
        Files.deleteIfExists(socket);
        return new PluginServer(NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                // Nothing in the service blocks.
                .directExecutor()
                .addService(service)
                .build()
                .start());
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            // The old socket must be closed before the new one is bound: closing removes the file by name.
            server.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

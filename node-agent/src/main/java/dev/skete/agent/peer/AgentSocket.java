package dev.skete.agent.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/** A listening unix socket that any process of any pod may connect to. */
public final class AgentSocket {
    private AgentSocket() {}

    /**
     * Replaces what an earlier agent left at the path, and listens there.
     *
     * @param path in a directory that only the agent can write
     * @param pipeline prepares each connection
     * @throws IOException if the path cannot be made or bound
     */
    public static Channel listen(Path path, EventLoopGroup loop, Consumer<EpollDomainSocketChannel> pipeline)
            throws IOException {
        Files.createDirectories(path.getParent());
        Files.setPosixFilePermissions(path.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.deleteIfExists(path);
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .childHandler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel child) {
                        pipeline.accept(child);
                    }
                })
                .bind(new DomainSocketAddress(path.toFile()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + path, bound.cause());
        }
        // Guests run as any user; who they are is decided after they connect.
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        return bound.channel();
    }
}

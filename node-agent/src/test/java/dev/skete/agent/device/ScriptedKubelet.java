package dev.skete.agent.device;

import dev.skete.agent.device.kubelet.DevicePluginGrpc;
import dev.skete.agent.device.kubelet.DevicePluginGrpc.DevicePluginBlockingStub;
import dev.skete.agent.device.kubelet.Empty;
import dev.skete.agent.device.kubelet.RegisterRequest;
import dev.skete.agent.device.kubelet.RegistrationGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The kubelet's side of the device plugin API. As the real one, it empties its directory when it starts. */
final class ScriptedKubelet extends RegistrationGrpc.RegistrationImplBase implements AutoCloseable {
    private final Path directory;
    private final EventLoopGroup loop;
    private final Server server;
    private final BlockingQueue<RegisterRequest> registrations = new LinkedBlockingQueue<>();

    ScriptedKubelet(Path directory, EventLoopGroup loop) throws IOException {
        this.directory = directory;
        this.loop = loop;
        try (var old = Files.list(directory)) {
            for (var path : old.toList()) {
                Files.delete(path);
            }
        }
        this.server = NettyServerBuilder.forAddress(new DomainSocketAddress(
                        directory.resolve("kubelet.sock").toFile()))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                .directExecutor()
                .addService(this)
                .build()
                .start();
    }

    @Override
    public void register(RegisterRequest request, StreamObserver<Empty> response) {
        registrations.add(request);
        response.onNext(Empty.getDefaultInstance());
        response.onCompleted();
    }

    /** The next registration; fails if none comes within five seconds. */
    RegisterRequest nextRegistration() throws InterruptedException {
        return Objects.requireNonNull(registrations.poll(5, TimeUnit.SECONDS), "no registration came");
    }

    DevicePluginBlockingStub dial(String endpoint) {
        var channel = NettyChannelBuilder.forAddress(
                        new DomainSocketAddress(directory.resolve(endpoint).toFile()))
                .channelType(EpollDomainSocketChannel.class)
                .eventLoopGroup(loop)
                .overrideAuthority("localhost")
                .usePlaintext()
                .build();
        return DevicePluginGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
}

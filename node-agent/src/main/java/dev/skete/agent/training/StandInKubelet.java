package dev.skete.agent.training;

import dev.skete.agent.device.kubelet.AllocateRequest;
import dev.skete.agent.device.kubelet.ContainerAllocateRequest;
import dev.skete.agent.device.kubelet.DevicePluginGrpc;
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
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lets one resource register, then asks for its places and for one of them. */
public final class StandInKubelet extends RegistrationGrpc.RegistrationImplBase implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final Path directory;
    private final EventLoopGroup loop;
    private final Server server;
    private final BlockingQueue<String> endpoints = new LinkedBlockingQueue<>();

    public StandInKubelet(Path directory, EventLoopGroup loop) throws IOException {
        this.directory = directory;
        this.loop = loop;
        this.server = NettyServerBuilder.forAddress(address("kubelet.sock"))
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
        response.onNext(Empty.getDefaultInstance());
        response.onCompleted();
        endpoints.add(request.getEndpoint());
    }

    /** Waits for a registration and uses what was registered. */
    public void placeOneGuest() throws InterruptedException {
        var endpoint = endpoints.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (endpoint == null) {
            throw new IllegalStateException("nothing was registered");
        }
        var channel = NettyChannelBuilder.forAddress(address(endpoint))
                .channelType(EpollDomainSocketChannel.class)
                .eventLoopGroup(loop)
                .overrideAuthority("localhost")
                .usePlaintext()
                .build();
        var plugin = DevicePluginGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
        plugin.getDevicePluginOptions(Empty.getDefaultInstance());
        plugin.listAndWatch(Empty.getDefaultInstance()).next();
        plugin.allocate(AllocateRequest.newBuilder()
                .addContainerRequests(ContainerAllocateRequest.newBuilder().addDevicesIds("guest-0"))
                .build());
        channel.shutdownNow();
    }

    private DomainSocketAddress address(String socket) {
        return new DomainSocketAddress(directory.resolve(socket).toFile());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}

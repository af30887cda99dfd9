package dev.skete.agent.training;

import dev.skete.agent.device.kubelet.AllocateRequest;
import dev.skete.agent.device.kubelet.ContainerAllocateRequest;
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
public final class StandInKubelet extends RegistrationGrpc.RegistrationImplBase implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final Path directory;
    private final EventLoopGroup loop;
    private final Server server;
    private final BlockingQueue<RegisterRequest> registrations = new LinkedBlockingQueue<>();

    public StandInKubelet(Path directory, EventLoopGroup loop) throws IOException {
        this.directory = directory;
        this.loop = loop;
        try (var old = Files.list(directory)) {
            for (var path : old.toList()) {
                Files.delete(path);
            }
        }
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
        registrations.add(request);
        response.onNext(Empty.getDefaultInstance());
        response.onCompleted();
    }

    /** The next registration; fails if none comes within five seconds. */
    public RegisterRequest nextRegistration() throws InterruptedException {
        return Objects.requireNonNull(registrations.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no registration came");
    }

    /** Talks to a plugin that registered, for five seconds at most. */
    public DevicePluginBlockingStub dial(String endpoint) {
        var channel = NettyChannelBuilder.forAddress(address(endpoint))
                .channelType(EpollDomainSocketChannel.class)
                .eventLoopGroup(loop)
                .overrideAuthority("localhost")
                .usePlaintext()
                .build();
        return DevicePluginGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for a registration, asks for the resource's places and for one of them. */
    public void placeOneGuest() throws InterruptedException {
        var plugin = dial(nextRegistration().getEndpoint());
        plugin.getDevicePluginOptions(Empty.getDefaultInstance());
        plugin.listAndWatch(Empty.getDefaultInstance()).next();
        plugin.allocate(AllocateRequest.newBuilder()
                .addContainerRequests(ContainerAllocateRequest.newBuilder().addDevicesIds("guest-0"))
                .build());
    }

    private DomainSocketAddress address(String socket) {
        return new DomainSocketAddress(directory.resolve(socket).toFile());
    }

    @Override
    public void close() throws InterruptedException {
        server.shutdownNow().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}

package dev.skete.agent.device;

import dev.skete.agent.device.kubelet.RegisterRequest;
import dev.skete.agent.device.kubelet.RegistrationGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Tells the kubelet about a plugin's socket. */
final class KubeletRegistration {
    private static final String API_VERSION = "v1beta1";
    private static final int TIMEOUT_SECONDS = 5;

    private KubeletRegistration() {}

    /**
     * Registers once.
     *
     * @throws io.grpc.StatusRuntimeException if the kubelet is not there or says no
     */
    static void register(Path kubeletSocket, EventLoopGroup loop, GuestResource resource) {
        var channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(kubeletSocket.toFile()))
                .channelType(EpollDomainSocketChannel.class)
                .eventLoopGroup(loop)
                .overrideAuthority("localhost")
                .usePlaintext()
                .build();
        try {
            RegistrationGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .register(RegisterRequest.newBuilder()
                            .setVersion(API_VERSION)
                            .setEndpoint(resource.endpoint())
                            .setResourceName(resource.resourceName())
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }
}

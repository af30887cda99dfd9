package dev.skete.agent.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.agent.device.kubelet.AllocateRequest;
import dev.skete.agent.device.kubelet.ContainerAllocateRequest;
import dev.skete.agent.device.kubelet.Device;
import dev.skete.agent.device.kubelet.DeviceSpec;
import dev.skete.agent.device.kubelet.Empty;
import dev.skete.agent.device.kubelet.Mount;
import dev.skete.agent.training.StandInKubelet;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class KubeletLinkIT {
    private static final Allocation ALLOCATION =
            new Allocation(Path.of("/var/lib/skete/dev"), Path.of("/var/lib/skete/guest"));

    @TempDir
    Path directory;

    private final EventLoopGroup kubeletLoop = new EpollEventLoopGroup(1);
    private final EventLoopGroup agentLoop = new EpollEventLoopGroup(1);

    @AfterEach
    void stopLoops() {
        kubeletLoop.shutdownGracefully();
        agentLoop.shutdownGracefully();
    }

    @Test
    void theKubeletIsToldOfTheResourceAndCanAllocateIt() throws Exception {
        try (var kubelet = new StandInKubelet(directory, kubeletLoop);
                var link = link(GuestResource.KVM)) {
            link.start();
            var registration = kubelet.nextRegistration();
            assertThat(registration.getResourceName()).isEqualTo("skete.dev/kvm");
            assertThat(registration.getVersion()).isEqualTo("v1beta1");

            var plugin = kubelet.dial(registration.getEndpoint());
            var devices = plugin.listAndWatch(Empty.getDefaultInstance()).next().getDevicesList();
            assertThat(devices).hasSize(3).extracting(Device::getHealth).containsOnly("Healthy");

            var allocated = plugin.allocate(AllocateRequest.newBuilder()
                            .addContainerRequests(
                                    ContainerAllocateRequest.newBuilder().addDevicesIds("guest-0"))
                            .build())
                    .getContainerResponses(0);
            assertThat(allocated.getDevicesList())
                    .containsExactly(
                            device("/var/lib/skete/dev/tun", "/dev/net/tun"),
                            device("/var/lib/skete/dev/kvm", "/dev/kvm"));
            assertThat(allocated.getMountsList())
                    .containsExactly(Mount.newBuilder()
                            .setHostPath("/var/lib/skete/guest")
                            .setContainerPath("/skete")
                            .setReadOnly(true)
                            .build());
        }
    }

    @Test
    void aKubeletThatRestartsIsToldAgain() throws Exception {
        try (var link = link(GuestResource.EMULATION)) {
            link.start();
            for (int incarnation = 0; incarnation < 3; incarnation++) {
                try (var kubelet = new StandInKubelet(directory, kubeletLoop)) {
                    var registration = kubelet.nextRegistration();
                    assertThat(kubelet.dial(registration.getEndpoint())
                                    .getDevicePluginOptions(Empty.getDefaultInstance())
                                    .getPreStartRequired())
                            .isFalse();
                    assertThat(link.registeredOnce()).isTrue();
                }
            }
        }
    }

    private KubeletLink link(GuestResource resource) {
        return new KubeletLink(directory, agentLoop, resource, ALLOCATION, 3);
    }

    private static DeviceSpec device(String onHost, String inContainer) {
        return DeviceSpec.newBuilder()
                .setHostPath(onHost)
                .setContainerPath(inContainer)
                .setPermissions("rw")
                .build();
    }
}

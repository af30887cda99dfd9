package dev.skete.agent.device;

import dev.skete.agent.device.kubelet.ContainerAllocateResponse;
import dev.skete.agent.device.kubelet.DeviceSpec;
import dev.skete.agent.device.kubelet.Mount;
import dev.skete.agent.vmm.VmmPack;
import java.nio.file.Path;

/**
 * What a guest's container is given.
 *
 * @param deviceNodes the directory that holds the agent's own device nodes; it is never mounted into a pod
 * @param guestFiles the directory that every guest sees, read-only, at {@value VmmPack#GUEST_MOUNT}
 */
public record Allocation(Path deviceNodes, Path guestFiles) {

    ContainerAllocateResponse forContainer(GuestResource resource) {
        var response = ContainerAllocateResponse.newBuilder()
                .addDevices(device("tun", "/dev/net/tun"))
                .addMounts(Mount.newBuilder()
                        .setHostPath(guestFiles.toString())
                        .setContainerPath(VmmPack.GUEST_MOUNT)
                        .setReadOnly(true));
        if (resource == GuestResource.KVM) {
            response.addDevices(device("kvm", "/dev/kvm"));
        }
        return response.build();
    }

    private DeviceSpec device(String name, String inContainer) {
        return DeviceSpec.newBuilder()
                .setHostPath(deviceNodes.resolve(name).toString())
                .setContainerPath(inContainer)
                .setPermissions("rw")
                .build();
    }
}

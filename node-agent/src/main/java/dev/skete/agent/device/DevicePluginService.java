package dev.skete.agent.device;

import dev.skete.agent.device.kubelet.AllocateRequest;
import dev.skete.agent.device.kubelet.AllocateResponse;
import dev.skete.agent.device.kubelet.Device;
import dev.skete.agent.device.kubelet.DevicePluginGrpc;
import dev.skete.agent.device.kubelet.DevicePluginOptions;
import dev.skete.agent.device.kubelet.Empty;
import dev.skete.agent.device.kubelet.ListAndWatchResponse;
import dev.skete.agent.device.kubelet.PreStartContainerRequest;
import dev.skete.agent.device.kubelet.PreStartContainerResponse;
import io.grpc.stub.StreamObserver;

/** The kubelet's device plugin API for one resource. The devices are places, not things: all alike and always healthy. */
final class DevicePluginService extends DevicePluginGrpc.DevicePluginImplBase {
    private final GuestResource resource;
    private final Allocation allocation;
    private final int places;

    DevicePluginService(GuestResource resource, Allocation allocation, int places) {
        this.resource = resource;
        this.allocation = allocation;
        this.places = places;
    }

    @Override
    public void getDevicePluginOptions(Empty request, StreamObserver<DevicePluginOptions> response) {
        response.onNext(DevicePluginOptions.getDefaultInstance());
        response.onCompleted();
    }

    /** Sends the list once and leaves the stream open: when it ends, the kubelet takes the devices away. */
    @Override
    public void listAndWatch(Empty request, StreamObserver<ListAndWatchResponse> response) {
        var list = ListAndWatchResponse.newBuilder();
        for (int i = 0; i < places; i++) {
            list.addDevices(Device.newBuilder().setID("guest-" + i).setHealth("Healthy"));
        }
        response.onNext(list.build());
    }

    @Override
    public void allocate(AllocateRequest request, StreamObserver<AllocateResponse> response) {
        var allocated = AllocateResponse.newBuilder();
        request.getContainerRequestsList()
                .forEach(_ -> allocated.addContainerResponses(allocation.forContainer(resource)));
        response.onNext(allocated.build());
        response.onCompleted();
    }

    @Override
    public void preStartContainer(
            PreStartContainerRequest request, StreamObserver<PreStartContainerResponse> response) {
        response.onNext(PreStartContainerResponse.getDefaultInstance());
        response.onCompleted();
    }
}

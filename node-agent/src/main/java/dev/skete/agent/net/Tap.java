package dev.skete.agent.net;

import dev.skete.agent.linux.InterfaceRequest;
import dev.skete.agent.linux.Libc;
import dev.skete.agent.linux.LinuxException;
import dev.skete.agent.linux.LinuxException.Errno;
import dev.skete.api.VnetHeader;
import java.lang.foreign.Arena;

/** The guest's end of a pod's network (Documentation/networking/tuntap.rst). Runs inside the pod's network namespace. */
final class Tap {
    /** Its name inside the pod. */
    static final String NAME = "tap0";

    private static final int O_RDWR_CLOEXEC = 02 | 02000000;
    private static final long TUNSETIFF = 0x400454ca;
    private static final long TUNSETPERSIST = 0x400454cb;
    private static final long TUNSETOWNER = 0x400454cc;
    private static final int IFF_TAP = 0x0002;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;

    private Tap() {}

    /**
     * Opens the tap, and makes it if it is not there. It persists when this descriptor closes, and belongs to the VMM's user, who may open it
     * without any capability.
     *
     * @param device a path of the tun control device, such as /dev/net/tun; needs CAP_NET_ADMIN
     * @return its descriptor
     * @throws LinuxException EBUSY if a VMM has it open
     */
    static int open(String device, TapRequest request) throws LinuxException {
        int fd = Libc.open(device, O_RDWR_CLOEXEC);
        try (var arena = Arena.ofConfined()) {
            int flags = IFF_TAP | IFF_NO_PI | (request.vnetHeader() == VnetHeader.Enabled ? IFF_VNET_HDR : 0);
            Libc.ioctl(
                    fd, TUNSETIFF, InterfaceRequest.of(arena, NAME).flags(flags).segment());
            Libc.ioctl(fd, TUNSETOWNER, request.uid());
            Libc.ioctl(fd, TUNSETPERSIST, 1);
            return fd;
        } catch (LinuxException e) {
            Libc.close(fd);
            throw e;
        }
    }

    /** Whether the failure is that a VMM holds the tap already, as it does when the agent restarted and the guest did not. */
    static boolean heldByVmm(LinuxException failure) {
        return failure.is(Errno.BUSY);
    }
}

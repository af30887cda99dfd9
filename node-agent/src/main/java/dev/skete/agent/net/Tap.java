package dev.skete.agent.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.skete.agent.linux.Libc;
import dev.skete.agent.linux.LinuxException;
import dev.skete.agent.linux.LinuxException.Errno;
import dev.skete.api.VnetHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

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
    private static final int IFREQ = 40;
    private static final int IFNAMSIZ = 16;

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
            Libc.ioctl(fd, TUNSETIFF, interfaceRequest(arena, request.vnetHeader()));
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

    private static MemorySegment interfaceRequest(Arena arena, VnetHeader vnetHeader) {
        MemorySegment request = arena.allocate(IFREQ, 8);
        MemorySegment.copy(
                MemorySegment.ofArray(NAME.getBytes(StandardCharsets.US_ASCII)), 0, request, 0, NAME.length());
        int flags = IFF_TAP | IFF_NO_PI | (vnetHeader == VnetHeader.Enabled ? IFF_VNET_HDR : 0);
        request.set(JAVA_SHORT, IFNAMSIZ, (short) flags);
        request.set(JAVA_BYTE, NAME.length(), (byte) 0);
        return request;
    }
}

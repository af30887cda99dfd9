package dev.skete.agent.vmm;

import java.util.Map;

/** Maps each of the 256 exit statuses a VMM can have to the one its container should end with. */
public final class ExitTable {
    /** Number of exit statuses a Linux process has. */
    public static final int SIZE = 256;

    private static final int RESET = 255;

    private final byte[] statuses;

    private ExitTable(byte[] statuses) {
        this.statuses = statuses;
    }

    /**
     * The identity with these exceptions. Where a status other than 0 means success, 0 does not unless that is said too: it is what QEMU
     * ends with when its guest resets, as one that crashes does.
     *
     * @param exceptions VMM status to container status; both 0 to 255
     * @throws IllegalArgumentException if one is not an exit status
     */
    public static ExitTable of(Map<Integer, Integer> exceptions) {
        var statuses = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            statuses[i] = (byte) i;
        }
        if (exceptions.containsValue(0)) {
            statuses[0] = (byte) RESET;
        }
        exceptions.forEach((from, to) -> statuses[checked(from)] = (byte) checked(to));
        return new ExitTable(statuses);
    }

    private static int checked(int status) {
        if (status < 0 || status >= SIZE) {
            throw new IllegalArgumentException(status + " is not an exit status, which is 0 to 255");
        }
        return status;
    }

    /** The container's exit status when the VMM ends with this one. */
    public int statusFor(int vmmStatus) {
        return statuses[vmmStatus] & 0xff;
    }

    /** The table as the launch protocol carries it: byte i is the status for i. */
    public byte[] bytes() {
        return statuses.clone();
    }
}

package dev.skete.agent.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** A filter on the ingress of a device, tc(8). */
sealed interface IngressFilter permits U32Filter, DropFilter {
    int IPV4 = 0x0800;
    int ARP = 0x0806;
    /** ETH_P_ALL. */
    int ANY = 0x0003;

    /** Lower comes first; one filter for each number. */
    int priority();

    /** The body of RTM_NEWTFILTER for a device. */
    byte[] message(int device);

    /** struct tcmsg, then the kind of filter and its options. */
    static byte[] message(int device, int priority, int etherType, String kind, Consumer<Attributes> options) {
        int ingressFilters = 0xffff0000;
        int info = (priority << 16) | (Short.reverseBytes((short) etherType) & 0xffff);
        byte[] fixed = ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putInt(0)
                .putInt(device)
                .putInt(0)
                .putInt(ingressFilters)
                .putInt(info)
                .array();
        int tcaKind = 1;
        int tcaOptions = 2;
        return new Attributes()
                .raw(fixed)
                .text(tcaKind, kind)
                .nested(tcaOptions, options)
                .toBytes();
    }
}

package dev.skete.agent.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;

/**
 * A tc-u32(8) filter on the ingress of a device: all keys must match, then the frame leaves by another device, or, without a target, stays with
 * the pod's own kernel. u32, because some kernels have no matchall.
 *
 * @param etherType in the frame's header: {@link #IPV4}, {@link #ARP} or {@link #ANY}
 * @param redirect the device that a matching frame leaves by
 */
record U32Filter(int priority, int etherType, List<Key> keys, OptionalInt redirect) implements IngressFilter {
    /** 32 bits of the frame, {@code offset} bytes from the network header; the Ethernet header is before it, at -14. */
    record Key(int offset, int mask, int value) {}

    private static final int TCA_U32_CLASSID = 1;
    private static final int TCA_U32_SEL = 5;
    private static final int TCA_U32_ACT = 7;
    private static final int TCA_ACT_KIND = 1;
    private static final int TCA_ACT_OPTIONS = 2;
    private static final int TCA_MIRRED_PARMS = 2;
    private static final int TC_U32_TERMINAL = 1;
    private static final int TC_ACT_STOLEN = 4;
    private static final int TCA_EGRESS_REDIR = 1;
    /** 1:1, of no consequence on ingress: a classified frame without an action goes on to the kernel. */
    private static final int FLOW_ID = 0x00010001;

    @Override
    public byte[] message(int device) {
        return IngressFilter.message(device, priority, etherType, "u32", this::options);
    }

    private void options(Attributes options) {
        options.number(TCA_U32_CLASSID, FLOW_ID).bytes(TCA_U32_SEL, selector());
        redirect.ifPresent(target -> options.nested(
                TCA_U32_ACT,
                actions -> actions.nested(
                        1,
                        action -> action.text(TCA_ACT_KIND, "mirred")
                                .nested(TCA_ACT_OPTIONS, o -> o.bytes(TCA_MIRRED_PARMS, mirred(target))))));
    }

    /** struct tc_u32_sel, then its keys; masks and values in network order. */
    private byte[] selector() {
        var selector = ByteBuffer.allocate(16 + 16 * keys.size()).order(ByteOrder.nativeOrder());
        selector.put((byte) TC_U32_TERMINAL).put((byte) 0).put((byte) keys.size());
        selector.position(16);
        for (Key key : keys) {
            selector.order(ByteOrder.BIG_ENDIAN).putInt(key.mask()).putInt(key.value() & key.mask());
            selector.order(ByteOrder.nativeOrder()).putInt(key.offset()).putInt(0);
        }
        return selector.array();
    }

    /** struct tc_mirred. */
    private static byte[] mirred(int target) {
        return ByteBuffer.allocate(28)
                .order(ByteOrder.nativeOrder())
                .putInt(0)
                .putInt(0)
                .putInt(TC_ACT_STOLEN)
                .putInt(0)
                .putInt(0)
                .putInt(TCA_EGRESS_REDIR)
                .putInt(target)
                .array();
    }
}

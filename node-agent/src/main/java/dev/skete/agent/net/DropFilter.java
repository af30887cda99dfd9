package dev.skete.agent.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;

/**
 * A tc-bpf(8) filter that throws frames away. Classic BPF, because the action that drops (act_gact) is absent on some kernels, and in this mode
 * the program's result is the verdict itself.
 *
 * @param etherType in the frame's header: {@link #IPV4} or {@link #ANY}
 * @param destination the IPv4 destination of the frames to drop; without one, all
 */
record DropFilter(int priority, int etherType, OptionalInt destination) implements IngressFilter {
    private static final int TCA_BPF_OPS_LEN = 4;
    private static final int TCA_BPF_OPS = 5;
    private static final int TCA_BPF_FLAGS = 8;
    private static final int TCA_BPF_FLAG_ACT_DIRECT = 1;
    private static final int TC_ACT_SHOT = 2;
    /** TC_ACT_UNSPEC: on to the next filter. */
    private static final int NEXT = -1;

    private static final int RETURN = 0x06;
    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    /** From the Ethernet header on, where a program on ingress sees the frame begin. */
    private static final int IPV4_DESTINATION = 14 + 16;

    /** struct sock_filter. */
    private record Instruction(int code, int skipIfTrue, int skipIfFalse, int operand) {}

    @Override
    public byte[] message(int device) {
        List<Instruction> program = program();
        return IngressFilter.message(
                device,
                priority,
                etherType,
                "bpf",
                options -> options.bytes(
                                TCA_BPF_OPS_LEN,
                                ByteBuffer.allocate(2)
                                        .order(ByteOrder.nativeOrder())
                                        .putShort((short) program.size())
                                        .array())
                        .bytes(TCA_BPF_OPS, encoded(program))
                        .number(TCA_BPF_FLAGS, TCA_BPF_FLAG_ACT_DIRECT));
    }

    private List<Instruction> program() {
        var drop = new Instruction(RETURN, 0, 0, TC_ACT_SHOT);
        if (destination.isEmpty()) {
            return List.of(drop);
        }
        return List.of(
                new Instruction(LOAD_WORD, 0, 0, IPV4_DESTINATION),
                new Instruction(JUMP_IF_EQUAL, 0, 1, destination.getAsInt()),
                drop,
                new Instruction(RETURN, 0, 0, NEXT));
    }

    private static byte[] encoded(List<Instruction> program) {
        var bytes = ByteBuffer.allocate(8 * program.size()).order(ByteOrder.nativeOrder());
        for (Instruction instruction : program) {
            bytes.putShort((short) instruction.code())
                    .put((byte) instruction.skipIfTrue())
                    .put((byte) instruction.skipIfFalse())
                    .putInt(instruction.operand());
        }
        return bytes.array();
    }
}

package dev.skete.agent.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Locale;

/**
 * Linux's system calls on x86-64, by their numbers (arch/x86/entry/syscalls/syscall_64.tbl). All of them go through one function of the C
 * library, syscall(2): for each shape of arguments the JVM makes classes anew, which takes it some ten milliseconds of a start, and it makes
 * quick what is called often.
 */
enum SystemCall {
    OPEN(2),
    CLOSE(3),
    POLL(7),
    IOCTL(16),
    SOCKET(41),
    SENDTO(44),
    RECVFROM(45),
    SENDMSG(46),
    BIND(49),
    LISTEN(50),
    SETSOCKOPT(54),
    GETSOCKOPT(55),
    MKNOD(133),
    SETPRIORITY(141),
    UNSHARE(272),
    SETNS(308),
    PIDFD_OPEN(434);

    private static final int MOST_ARGUMENTS = 6;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = link();

    private final long number;

    SystemCall(long number) {
        this.number = number;
    }

    /**
     * Calls it. The kernel takes of each argument as much as its own declaration has, so ints go as longs.
     *
     * <p>What must hold: memory whose address is an argument stays allocated until this returns.
     *
     * @return what the kernel returned
     * @throws LinuxException with the kernel's error when it returned -1
     */
    long call(long... arguments) throws LinuxException {
        long[] all = Arrays.copyOf(arguments, MOST_ARGUMENTS);
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(STATE);
            long result = invoke(state, all);
            if (result == -1) {
                throw new LinuxException(name().toLowerCase(Locale.ROOT), (int) ERRNO.get(state, 0L));
            }
            return result;
        }
    }

    private long invoke(MemorySegment state, long[] all) {
        try {
            return (long) SYSCALL.invokeExact(state, number, all[0], all[1], all[2], all[3], all[4], all[5]);
        } catch (Throwable e) {
            throw new AssertionError("syscall is declared wrongly", e);
        }
    }

    private static MethodHandle link() {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(1));
    }
}

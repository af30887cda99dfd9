package dev.skete.agent.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** A C library function that returns -1 and sets errno when it fails. Every argument is an int, a long or an address. */
final class NativeCall {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private final String name;
    private final MethodHandle handle;

    private NativeCall(String name, MethodHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    static NativeCall of(String name, MemoryLayout... parameters) {
        return new NativeCall(name, link(name, parameters, Linker.Option.captureCallState("errno")));
    }

    /** A function with {@code ...} in its prototype, whose arguments from {@code firstVariadic} on travel otherwise on some machines. */
    static NativeCall variadic(String name, int firstVariadic, MemoryLayout... parameters) {
        return new NativeCall(
                name,
                link(
                        name,
                        parameters,
                        Linker.Option.captureCallState("errno"),
                        Linker.Option.firstVariadicArg(firstVariadic)));
    }

    /** Calls it; throws {@link LinuxException} with the kernel's error when it returns -1. */
    long call(Object... arguments) throws LinuxException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            Object[] all = new Object[arguments.length + 1];
            all[0] = state;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            long result = (long) handle.invokeExact(all);
            if (result == -1) {
                throw new LinuxException(name, (int) ERRNO.get(state, 0L));
            }
            return result;
        } catch (LinuxException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(name + " is declared wrongly", e);
        }
    }

    private static MethodHandle link(String name, MemoryLayout[] parameters, Linker.Option... options) {
        boolean wide = name.equals("syscall") || name.equals("send") || name.equals("recv");
        ValueLayout returns = wide ? JAVA_LONG : JAVA_INT;
        MethodHandle handle = LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(returns, parameters), options);
        // Spread here, once: invokeWithArguments would adapt the handle anew at every call.
        int arguments = handle.type().parameterCount();
        return handle.asType(handle.type().generic().changeReturnType(long.class))
                .asSpreader(Object[].class, arguments);
    }
}

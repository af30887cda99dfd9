package dev.skete.agent.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The one system call of this package: the JDK has no mknod. */
final class NodeCalls {
    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int OWNER_ONLY = 0600;

    private NodeCalls() {}

    /**
     * Makes a character device, for its owner only. Why native: nothing else in the JDK can. What must hold: CAP_MKNOD, and nothing at the
     * path; the path's directory is the agent's own.
     */
    static void makeCharacterDevice(Path path, int major, int minor) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) mknod().invokeExact(
                            state,
                            arena.allocateFrom(path.toString()),
                            CHARACTER_DEVICE | OWNER_ONLY,
                            (long) major << 8 | minor);
            if (result != 0) {
                var errno = Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
                throw new IOException("mknod %s: errno %d".formatted(path, (int) errno.get(state, 0L)));
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("mknod is declared wrongly", e);
        }
    }

    private static MethodHandle mknod() {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("mknod"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG),
                Linker.Option.captureCallState("errno"));
    }
}

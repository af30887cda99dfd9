package dev.skete.agent.linux;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work inside another process's network namespace. */
public final class NetworkNamespace {
    private static final int CLONE_NEWNET = 0x40000000;

    private NetworkNamespace() {}

    /** A piece of work that makes system calls. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Runs work on a thread of its own inside the process's network namespace. Descriptors opened there stay bound to that namespace and can be
     * used from any thread afterwards. Needs CAP_SYS_ADMIN, and CAP_SYS_PTRACE for a process of another uid.
     *
     * <p>What must hold: the thread ends with the work, so that nobody inherits its namespace, and the work makes system calls only, since
     * a thread started from it would begin life in that namespace.
     *
     * @throws IOException what the work threw, or that the process is gone
     */
    public static <T> T inside(PidFd process, Work<T> work) throws IOException {
        var task = new FutureTask<>(() -> {
            Libc.setns(process.fd(), CLONE_NEWNET);
            return work.run();
        });
        Thread.ofPlatform().name("netns-" + process.pid()).start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted inside the network namespace of process " + process.pid(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}

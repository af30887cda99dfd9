package dev.skete.agent.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work inside another process's network namespace. */
public final class NetworkNamespace {
    private static final int CLONE_NEWNET = 0x40000000;

    private NetworkNamespace() {}

    /**
     * The namespace of a connected unix socket, named as {@code /proc/PID/ns/net} names it. For the end that {@code accept} gives, that is the
     * one in which its peer's end was made: connect(2) makes both (net/unix/af_unix.c, unix_stream_connect).
     */
    public static Path ofConnection(int socket) throws IOException {
        int namespace = Libc.networkNamespaceOf(socket);
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + namespace));
        } finally {
            Libc.close(namespace);
        }
    }

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
     * @throws IOException what the work threw, or that the process is gone, or shares this process's own namespace: what is done to a pod's
     *     network would cut the node off
     */
    public static <T> T inside(PidFd process, Work<T> work) throws IOException {
        return onAThreadOfItsOwn("netns-" + process.pid(), () -> {
            Libc.setns(process.fd(), CLONE_NEWNET);
            refuseOurs(process);
            return work.run();
        });
    }

    /** Runs work, by the same rules, in a new network namespace, which ends with it. It has a loopback device and nothing else. Needs CAP_SYS_ADMIN. */
    public static <T> T insideANewOne(Work<T> work) throws IOException {
        return onAThreadOfItsOwn("netns-new", () -> {
            Libc.unshare(CLONE_NEWNET);
            return work.run();
        });
    }

    private static <T> T onAThreadOfItsOwn(String name, Work<T> work) throws IOException {
        var task = new FutureTask<>(work::run);
        Thread.ofPlatform().name(name).start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted inside a network namespace, " + name, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void refuseOurs(PidFd process) throws IOException {
        var here = Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"));
        if (here.equals(Files.readSymbolicLink(Path.of("/proc/self/ns/net")))) {
            throw new IOException("process " + process.pid() + " has no network namespace of its own");
        }
    }
}

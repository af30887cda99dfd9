package dev.skete.agent.linux;

import dev.skete.agent.linux.LinuxException.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process held by a descriptor, so that nothing is looked up by a number that another process may have by now (pidfd_open(2)). */
public final class PidFd implements AutoCloseable {
    private static final int SOL_SOCKET = 1;
    /** Linux 6.5 and later. */
    private static final int SO_PEERPIDFD = 77;

    private final int fd;
    private final int pid;

    private PidFd(int fd, int pid) {
        this.fd = fd;
        this.pid = pid;
    }

    /**
     * Holds the process at the other end of a connected unix socket.
     *
     * @param pid what SO_PEERCRED said
     * @throws IOException if the process is gone, or its pid is another process's by now
     */
    public static PidFd ofPeer(int socket, int pid) throws IOException {
        try {
            return new PidFd(Libc.intOption(socket, SOL_SOCKET, SO_PEERPIDFD), pid);
        } catch (LinuxException e) {
            if (e.is(Errno.NO_PROTOCOL_OPTION)) {
                return ofPid(pid);
            }
            throw e;
        }
    }

    /**
     * Holds a process by its pid. The start time, the same before and after, shows that it was one process throughout, but not that it is the
     * one which the pid was a name of when the caller got it.
     */
    public static PidFd ofPid(int pid) throws IOException {
        String before = startTime(pid);
        var held = new PidFd(Libc.pidfdOpen(pid), pid);
        if (!before.equals(startTime(pid))) {
            held.close();
            throw new IOException("process " + pid + " was replaced while it was looked at");
        }
        return held;
    }

    public int pid() {
        return pid;
    }

    public int fd() {
        return fd;
    }

    /** Whether the process has not ended: its pidfd becomes readable when it does. */
    public boolean alive() {
        try {
            return !Libc.readable(fd);
        } catch (LinuxException _) {
            return false;
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }

    /** Field 22 of /proc/PID/stat, in clock ticks since boot; the name before it may hold anything, even parentheses. */
    private static String startTime(int pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    }
}

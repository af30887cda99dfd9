package dev.skete.agent.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The kubelet's plugin directory. A kubelet that starts wipes it, our sockets included, and makes its own socket anew. */
record KubeletDirectory(Path path) {

    /** One incarnation of the kubelet's socket. */
    record Incarnation(Map<String, Object> inodeAndTime) {}

    Path kubeletSocket() {
        return path.resolve("kubelet.sock");
    }

    /** The kubelet's socket as it is now; empty while there is none. */
    Optional<Incarnation> incarnation() {
        try {
            return Optional.of(new Incarnation(
                    Files.readAttributes(kubeletSocket(), "unix:ino,ctime", LinkOption.NOFOLLOW_LINKS)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Waits until something appears or vanishes in the directory, the kubelet's socket is not the one seen before, or the time is over.
     * May return early: the caller looks for itself what changed.
     */
    void awaitChange(Optional<Incarnation> seen, Duration atMost) throws InterruptedException {
        try (var watch = path.getFileSystem().newWatchService()) {
            path.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
            // Looked at again once the watch is set, or a change just before it would be missed.
            if (!incarnation().equals(seen)) {
                return;
            }
            watch.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            // The directory is away: the kubelet is being installed or replaced.
            Thread.sleep(Math.min(atMost.toMillis(), 1000));
        }
    }
}

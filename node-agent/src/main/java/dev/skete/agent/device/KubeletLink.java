package dev.skete.agent.device;

import dev.skete.agent.device.KubeletDirectory.Incarnation;
import io.grpc.StatusRuntimeException;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one resource registered with the kubelet, whichever of the two restarts. */
public final class KubeletLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubeletLink.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final KubeletDirectory directory;
    private final EventLoopGroup loop;
    private final GuestResource resource;
    private final DevicePluginService service;
    private final CountDownLatch registeredOnce = new CountDownLatch(1);
    private final Thread thread;

    private @Nullable PluginServer server;
    private Optional<Incarnation> registeredWith = Optional.empty();

    public KubeletLink(
            Path pluginDirectory, EventLoopGroup loop, GuestResource resource, Allocation allocation, int places) {
        this.directory = new KubeletDirectory(pluginDirectory);
        this.loop = loop;
        this.resource = resource;
        this.service = new DevicePluginService(resource, allocation, places);
        this.thread = Thread.ofPlatform()
                .name("kubelet-" + resource.resourceName())
                .daemon()
                .unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether the kubelet has accepted the resource since this agent started. */
    public boolean registeredOnce() {
        return registeredOnce.getCount() == 0;
    }

    private void run() {
        var retry = FIRST_RETRY;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var seen = directory.incarnation();
                if (isUpToDate(seen) || register(seen)) {
                    retry = FIRST_RETRY;
                    directory.awaitChange(seen, LOOK_AGAIN);
                } else {
                    directory.awaitChange(seen, retry);
                    retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeServer();
        }
    }

    private boolean isUpToDate(Optional<Incarnation> kubelet) {
        return kubelet.isPresent()
                && registeredWith.equals(kubelet)
                && Files.exists(directory.path().resolve(resource.endpoint()));
    }

    private boolean register(Optional<Incarnation> kubelet) {
        if (kubelet.isEmpty()) {
            return false;
        }
        try {
            closeServer();
            server = PluginServer.open(directory.path().resolve(resource.endpoint()), loop, service);
            KubeletRegistration.register(directory.kubeletSocket(), loop, resource);
        } catch (IOException | StatusRuntimeException e) {
            LOG.warn(
                    "{} is not registered with the kubelet, will try again: {}",
                    resource.resourceName(),
                    e.getMessage());
            return false;
        }
        registeredWith = kubelet;
        registeredOnce.countDown();
        LOG.info("{} registered with the kubelet", resource.resourceName());
        return true;
    }

    private void closeServer() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Returns when the resource's socket is closed, which needs the event loop. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

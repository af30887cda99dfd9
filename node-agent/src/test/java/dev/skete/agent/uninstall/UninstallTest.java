package dev.skete.agent.uninstall;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent whose token is not valid any more: as after an uninstall, and as after its pod was deleted by force. */
class UninstallTest {
    @TempDir
    Path root;

    @TempDir
    Path noProcesses;

    private Path mark;
    private HttpServer api;
    private KubernetesClient client;

    @BeforeEach
    void install() throws IOException {
        mark = root.resolve("guest/vmm/.installation");
        Files.createDirectories(mark.getParent());
        Files.writeString(mark, "first\n");
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> {
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_UNAUTHORIZED, -1);
            exchange.close();
        });
        api.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + api.getAddress().getPort())
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        api.stop(0);
    }

    @Test
    void itsFilesGoWithIt() throws IOException {
        var uninstall = started();
        uninstall.onStop();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void whatASuccessorHasInstalledIsLeftAlone() throws IOException {
        var uninstall = started();
        Files.writeString(mark, "second\n");
        uninstall.onStop();
        assertThat(mark).hasContent("second\n");
    }

    private Uninstall started() {
        var daemonSet = new DaemonSetName("skete-system", "skete-node-agent");
        return new Uninstall(client, Optional.of(daemonSet), root, new NodeFiles(List.of(root), noProcesses));
    }
}

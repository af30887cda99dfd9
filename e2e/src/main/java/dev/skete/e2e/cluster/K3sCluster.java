package dev.skete.e2e.cluster;

import dev.skete.e2e.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.BindMode;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** K3s in one Docker container. It outlives this process, as {@code make demo} promises; a label finds it again. */
final class K3sCluster implements Cluster {
    private static final String LABEL = "dev.skete.cluster";
    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");

    private final Path checkout;
    private final Path kubeconfig;

    K3sCluster(Path checkout) {
        this.checkout = checkout;
        this.kubeconfig = checkout.resolve("target/k3s.kubeconfig");
    }

    /** Whether a Docker daemon answers. */
    static boolean available() {
        boolean client = Stream.of("/usr/bin/docker", "/usr/local/bin/docker")
                .anyMatch(path -> Files.isExecutable(Path.of(path)));
        return client
                && Command.of("docker", "info")
                                .within(Duration.ofSeconds(20))
                                .attempt()
                                .status()
                        == 0;
    }

    @Override
    public String description() {
        return "K3s in Docker, one node";
    }

    @Override
    public Path up() {
        if (container().isEmpty()) {
            start();
            load(List.of(neighbourImage()));
        }
        return kubeconfig;
    }

    @Override
    public void load(List<Path> archives) {
        String id = container().orElseThrow();
        for (Path archive : archives) {
            Command.of("docker", "cp", archive.toString(), id + ":/tmp/image.tar")
                    .within(Duration.ofMinutes(3))
                    .run();
            Command.of("docker", "exec", id, "ctr", "--namespace", "k8s.io", "images", "import", "/tmp/image.tar")
                    .within(Duration.ofMinutes(3))
                    .run();
        }
    }

    @Override
    public void down() {
        container()
                .ifPresent(id -> Command.of("docker", "rm", "--force", "--volumes", id)
                        .within(Duration.ofMinutes(2))
                        .run());
    }

    @Override
    public Optional<Faults> faults() {
        return Optional.empty();
    }

    /** The ordinary container that tests and demo put beside guests; the embedded cluster has it from the start. */
    private Path neighbourImage() {
        return Path.of(Command.of(checkout.resolve("e2e/cluster/cluster").toString(), "neighbour-image")
                .run()
                .strip());
    }

    private static Optional<String> container() {
        return Command.of("docker", "ps", "--quiet", "--filter", "label=" + LABEL)
                .run()
                .lines()
                .findFirst();
    }

    /** The reaper of Testcontainers would end the container with this process, so reuse is on, which leaves it alone. */
    private void start() {
        @SuppressWarnings("resource") // left running on purpose
        K3sContainer k3s =
                new K3sContainer(IMAGE).withLabels(Map.of(LABEL, "demo")).withReuse(true);
        if (Files.exists(Path.of("/dev/kvm"))) {
            k3s.withFileSystemBind("/dev/kvm", "/dev/kvm", BindMode.READ_WRITE);
        }
        k3s.start();
        try {
            Files.createDirectories(kubeconfig.getParent());
            Files.writeString(kubeconfig, k3s.getKubeConfigYaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

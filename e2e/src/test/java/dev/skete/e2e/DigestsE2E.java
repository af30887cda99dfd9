package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Registry;
import dev.skete.e2e.fixture.Sandbox;
import dev.skete.e2e.process.Command;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What build/push prints installs what it pushed. */
@OnCluster
@Isolated("replaces operator and agents")
class DigestsE2E {

    @Test
    void theChartInstallsWhatWasPushedByItsDigest(Sandbox sandbox) {
        var installation = sandbox.installation();
        var faults = installation.cluster().faults();
        assumeTrue(faults.isPresent(), "nobody else's nodes are told to trust a test's registry");
        try (var registry = Registry.start(sandbox, faults.orElseThrow())) {
            var digests = push(installation, registry);
            assertThat(digests).containsKeys("operator", "node-agent", "vmm-qemu");
            login(installation, registry);

            var values = new ArrayList<String>();
            values.add("image.registry=" + registry.image("skete"));
            values.add("image.pullSecrets[0]=registry");
            digests.forEach((image, digest) -> values.add("image.digests." + image + "=" + digest));
            installation.install(
                    values.stream().flatMap(value -> Stream.of("--set", value)).toArray(String[]::new));

            awaitImage(sandbox, "operator", digest(digests, "operator"), PodStatus::getContainerStatuses);
            awaitImage(sandbox, "node-agent", digest(digests, "node-agent"), PodStatus::getContainerStatuses);
            awaitImage(sandbox, "node-agent", digest(digests, "vmm-qemu"), PodStatus::getInitContainerStatuses);
            sandbox.apply(Guests.hello("hello", 1));
            sandbox.awaitReady("hello", 1);
        } finally {
            installation.install();
            installation
                    .kubectl(
                            "--namespace", Installation.NAMESPACE, "delete", "secret", "registry", "--ignore-not-found")
                    .run();
        }
    }

    private static String digest(Map<String, String> digests, String image) {
        return Objects.requireNonNull(digests.get(image), image);
    }

    /** Until the pods before are gone, too. */
    private static void awaitImage(
            Sandbox sandbox, String component, String digest, Function<PodStatus, List<ContainerStatus>> containers) {
        sandbox.await(
                component + " of " + digest,
                () -> SystemPods.of(sandbox, component),
                pods -> pods.stream()
                        .flatMap(pod -> containers.apply(pod.getStatus()).stream())
                        .allMatch(container -> container.getImageID().endsWith(digest)));
    }

    /** Digests by the names of images. */
    private static Map<String, String> push(Installation installation, Registry registry) {
        var values = Command.of(
                        installation.checkout().resolve("build/push").toString(),
                        registry.image("skete"),
                        "--tls-verify=false",
                        "--creds=" + Registry.USER + ":" + Registry.PASSWORD)
                .within(Duration.ofMinutes(3))
                .run();
        return values.lines()
                .filter(line -> line.contains(": sha256:"))
                .map(line -> line.strip().split(": "))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    private static void login(Installation installation, Registry registry) {
        installation
                .kubectl(registry.pullSecret("--namespace", Installation.NAMESPACE))
                .run();
    }
}

package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.api.ConditionType;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Registry;
import dev.skete.e2e.fixture.Sandbox;
import io.fabric8.kubernetes.api.model.Condition;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Images from a registry with a password, as in production, and what a user is told when they cannot be had. */
@OnCluster
class RegistryE2E {
    private static final String SECRET = "pod: {imagePullSecrets: [{name: registry}]}";

    @Test
    void aPrivateImageNeedsItsPullSecret(Sandbox sandbox) {
        try (var registry = registry(sandbox)) {
            registry.push("team/hello:1", hello(sandbox), containerfile("1"));
            sandbox.apply(guest("private", registry.image("team/hello:1"), ""));
            Condition ready = pullFailed(sandbox, "private");
            assertThat(ready.getMessage()).contains(registry.image("team/hello:1"), "spec.pod.imagePullSecrets");

            login(sandbox, registry);
            sandbox.apply(guest("private", registry.image("team/hello:1"), SECRET));
            sandbox.awaitReady("private", 1);
        }
    }

    @Test
    void aDigestIsEnough(Sandbox sandbox) {
        try (var registry = registry(sandbox)) {
            login(sandbox, registry);
            String digest = registry.push("team/hello:2", hello(sandbox), containerfile("2"));

            sandbox.apply(guest("digest", registry.image("team/hello@" + digest), SECRET));
            sandbox.awaitReady("digest", 1);
        }
    }

    @Test
    void aTagThatIsMissingAndAPlatformThatIsMissingAreToldApart(Sandbox sandbox) {
        try (var registry = registry(sandbox)) {
            login(sandbox, registry);
            registry.pushIndex("team/arm:1", hello(sandbox), containerfile("3"), "arm64");
            sandbox.apply(guest("tag", registry.image("team/arm:none"), SECRET));
            sandbox.apply(guest("platform", registry.image("team/arm:1"), SECRET));

            sandbox.awaitCondition(
                    "tag",
                    ConditionType.Ready,
                    c -> c.getReason().equals("ImagePullFailed")
                            && c.getMessage().contains("team/arm:none: not found"));
            sandbox.awaitCondition(
                    "platform",
                    ConditionType.Ready,
                    c -> c.getReason().equals("ImagePullFailed")
                            && c.getMessage().contains("no match for platform in manifest"));
        }
    }

    @Test
    void aTagThatMovedIsPulledAgainWhenTheGuestIsReplaced(Sandbox sandbox) {
        try (var registry = registry(sandbox)) {
            login(sandbox, registry);
            registry.push("team/moves:latest", hello(sandbox), containerfile("4"));
            sandbox.apply(guest("moves", registry.image("team/moves:latest"), SECRET));
            sandbox.awaitReady("moves", 1);
            String before = imageId(sandbox);

            String digest = registry.push("team/moves:latest", hello(sandbox), containerfile("5"));
            sandbox.kubectl(
                            "delete",
                            "pod",
                            sandbox.onlyGuest("moves").getMetadata().getName(),
                            "--wait")
                    .run();
            sandbox.awaitReady("moves", 1);
            assertThat(imageId(sandbox)).isNotEqualTo(before).endsWith(digest);
        }
    }

    private static Registry registry(Sandbox sandbox) {
        var faults = sandbox.installation().cluster().faults();
        assumeTrue(faults.isPresent(), "nobody else's nodes are told to trust a test's registry");
        return Registry.start(sandbox, faults.orElseThrow());
    }

    private static void login(Sandbox sandbox, Registry registry) {
        sandbox.kubectl(registry.pullSecret()).run();
    }

    private static Path hello(Sandbox sandbox) {
        return sandbox.installation().checkout().resolve("examples/guests/hello");
    }

    private static String containerfile(String version) {
        return "FROM scratch\nLABEL version=" + version + "\nCOPY target/hello.elf /guest.elf\n";
    }

    private static String guest(String name, String image, String more) {
        return Guests.hello(name, 1, more)
                .replace("localhost/skete/hello:dev", image)
                .replace("imagePullPolicy: IfNotPresent", "imagePullPolicy: Always");
    }

    private static Condition pullFailed(Sandbox sandbox, String name) {
        return sandbox.awaitCondition(
                name, ConditionType.Ready, c -> c.getReason().equals("ImagePullFailed"));
    }

    private static String imageId(Sandbox sandbox) {
        return sandbox.onlyGuest("moves")
                .getStatus()
                .getContainerStatuses()
                .getFirst()
                .getImageID();
    }
}

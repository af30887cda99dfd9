package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.e2e.fixture.ImageArchive;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@OnCluster
@Isolated("counts every request")
class RollingUpdateE2E {

    @Test
    void aNewImageRollsOutWithoutAFailedRequest(Sandbox sandbox) {
        var installation = sandbox.installation();
        var next = ImageArchive.retag(
                installation.checkout().resolve("target/images/hello.tar"),
                "localhost/skete/hello:dev",
                "localhost/skete/hello:next");
        installation.cluster().load(List.of(next));
        sandbox.apply(Guests.hello("rolls", 2));
        sandbox.awaitReady("rolls", 2);
        var neighbour = sandbox.neighbour("neighbour");
        sandbox.await("the Service to answer", () -> neighbour.get("http://rolls/healthz"), answer -> true);

        var load = neighbour.load("http://rolls/");
        sandbox.await("requests before the update", load::requests, n -> n > 20);
        sandbox.kubectl(
                        "patch",
                        "unikernel/rolls",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"image\":\"localhost/skete/hello:next\"}}")
                .run();
        sandbox.await(
                "only guests of the new image",
                () -> sandbox.guests("rolls"),
                pods -> pods.size() == 2
                        && pods.stream()
                                .allMatch(pod -> pod.getSpec()
                                        .getContainers()
                                        .getFirst()
                                        .getImage()
                                        .endsWith(":next")));
        sandbox.awaitReady("rolls", 2);
        int after = load.requests();
        sandbox.await("requests after the update", load::requests, n -> n > after + 20);

        assertThat(load.end()).as("failed requests").isEmpty();
    }
}

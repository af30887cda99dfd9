package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Registry;
import dev.skete.e2e.fixture.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images laid out for other tools start as they are: {@code spec.boot} says where their files lie. */
@OnCluster
class ForeignImagesE2E {

    /** urunc's documentation, docs/package/index.md: paths of one's choice, told by labels and by urunc.json with values in base64. */
    @Test
    void anImageForUrunc(Sandbox sandbox, @TempDir Path context) throws IOException {
        Files.copy(guest(sandbox, "hello").resolve("target/hello.elf"), context.resolve("kernel"));
        Files.writeString(context.resolve("urunc.json"), """
                {"com.urunc.unikernel.binary": "L3VuaWtlcm5lbC9rZXJuZWw="}
                """);
        run(
                sandbox,
                Guests.hello("urunc", 1, "boot: {kernel: /unikernel/kernel}", "args: [from-urunc]"),
                "hello",
                context,
                """
                FROM scratch
                COPY kernel /unikernel/kernel
                COPY urunc.json /urunc.json
                LABEL com.urunc.unikernel.binary=/unikernel/kernel com.urunc.unikernel.hypervisor=qemu
                CMD ["ignored"]
                """,
                "--annotation=com.urunc.unikernel.binary=/unikernel/kernel");
        sandbox.awaitReady("urunc", 1);
        assertThat(sandbox.neighbour("neighbour").get("http://urunc/")).contains("argument: \"from-urunc\"");
    }

    /** runh's README: loader and application in /hermit, the application under its own name and in CMD. */
    @Test
    void anImageForRunh(Sandbox sandbox) {
        run(
                sandbox,
                Guests.hermitJob(
                        "runh",
                        "hermit",
                        List.of("hello"),
                        "boot: {kernel: /hermit/hermit-loader, initrd: /hermit/httpd}"),
                "hermit",
                guest(sandbox, "hermit"),
                """
                FROM scratch
                COPY target/loader /hermit/hermit-loader
                COPY target/app /hermit/httpd
                CMD ["/hermit/httpd"]
                """);
        sandbox.kubectl("wait", "--for=condition=Complete", "unikernel/runh", "--timeout=60s")
                .run();
    }

    @Test
    void anImageFromScratchWithNothingButTheKernel(Sandbox sandbox) {
        run(
                sandbox,
                Guests.hello("scratch", 1, "boot: {kernel: /hello.elf}"),
                "hello",
                guest(sandbox, "hello"),
                "FROM scratch\nCOPY target/hello.elf /\n");
        sandbox.awaitReady("scratch", 1);
    }

    private static void run(
            Sandbox sandbox, String yaml, String guest, Path context, String containerfile, String... options) {
        var faults = sandbox.installation().cluster().faults();
        assumeTrue(faults.isPresent(), "nobody else's nodes are told to trust a test's registry");
        try (var registry = Registry.start(sandbox, faults.orElseThrow())) {
            String tag = "foreign/" + guest + ":" + sandbox.namespace();
            registry.push(tag, context, containerfile, options);
            sandbox.kubectl(registry.pullSecret()).run();
            sandbox.apply(yaml.replace("localhost/skete/" + guest + ":dev", registry.image(tag))
                    + "  pod: {imagePullSecrets: [{name: registry}]}\n");
            sandbox.await(
                    "the image on its node",
                    () -> sandbox.guests(name(yaml)),
                    guests -> guests.stream()
                            .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                            .anyMatch(status -> !status.getImageID().isEmpty()));
        }
    }

    private static Path guest(Sandbox sandbox, String name) {
        return sandbox.installation().checkout().resolve("examples/guests/" + name);
    }

    private static String name(String yaml) {
        return yaml.lines()
                .filter(line -> line.startsWith("metadata: {name: "))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*name: |}", "");
    }
}

package dev.skete.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.e2e.fixture.Installation;
import dev.skete.e2e.fixture.OnCluster;
import dev.skete.e2e.fixture.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the images that this cluster runs say they are made of. */
@OnCluster
class BillOfMaterialsE2E {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            operator   | quarkus-core 3.27, kubernetes-client-api 7., skete-crds 0., openjdk 25, libc6 2.36
            node-agent | kubernetes-client-api 7., grpc-netty 1., netty-transport-native-epoll 4., skete-launcher 0., musl-dev 1.2, openjdk 25, libc6 2.36
            vmm-qemu   | qemu-system-x86 1:7.2, seabios 1.16, libglib2.0-0 2.74, libseccomp2 2.5, busybox-static 1:1.35
            hello      | smoltcp 0.14
            envelope   | smoltcp 0.14, chacha20poly1305 0.
            hermit     | hermit-kernel 0.11
            linux      | busybox-static 1:1.35, musl-dev 1.2
            ipxe       | ipxe 1.0
            """)
    void anImageListsWhatIsKnownToBeInIt(String image, String parts, Sandbox sandbox) throws Exception {
        var file = sandbox.installation().checkout().resolve("target/images/" + image + ".cdx.json");
        assertThat(new JsonParser().validate(file.toFile(), Version.VERSION_16)).isEmpty();
        var components = components(file);
        assertThat(components)
                .allMatch(c -> c.getVersion() != null && !c.getVersion().isBlank());
        for (var part : parts.split(", ", -1)) {
            var words = part.split(" ", -1);
            assertThat(components)
                    .anyMatch(
                            c -> c.getName().equals(words[0]) && c.getVersion().startsWith(words[1]));
        }
    }

    @ParameterizedTest
    @CsvSource({"operator, operator/target/quarkus-app/lib", "node-agent, node-agent/target/lib"})
    void everyJarOfAnApplicationIsListed(String image, String jars, Sandbox sandbox) throws Exception {
        var checkout = sandbox.installation().checkout();
        // Quarkus puts the group before a jar's name, Maven does not.
        var listed = components(checkout.resolve("target/images/" + image + ".cdx.json")).stream()
                .flatMap(c -> Stream.of(
                        c.getName() + "-" + c.getVersion(),
                        Objects.requireNonNullElse(c.getGroup(), "") + "." + c.getName() + "-" + c.getVersion()))
                .toList();
        try (var files = Files.walk(checkout.resolve(jars))) {
            // Quarkus leaves classes out of some.
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("^modified-", ""))
                            .filter(name -> name.endsWith(".jar")))
                    .hasSizeGreaterThan(50)
                    .allMatch(jar -> listed.stream().anyMatch(jar::startsWith));
        }
    }

    @Test
    void everyImageHasOne(Sandbox sandbox) throws IOException {
        for (var image : images(sandbox.installation())) {
            assertThat(image.resolveSibling(image.getFileName().toString().replace(".tar", ".cdx.json")))
                    .exists();
        }
    }

    private static List<Path> images(Installation installation) throws IOException {
        try (var files = Files.list(installation.checkout().resolve("target/images"))) {
            return files.filter(file -> file.toString().endsWith(".tar")).toList();
        }
    }

    private static List<Component> components(Path file) throws ParseException {
        Bom bom = new JsonParser().parse(file.toFile());
        return bom.getComponents();
    }
}

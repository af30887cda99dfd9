package dev.skete.operator.unikernel.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.Accelerator;
import dev.skete.api.LaunchPlan;
import dev.skete.api.LaunchPlanJson;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the compiler makes of the manifests under {@code src/test/resources/compiler}. After an intended change,
 * {@code build/mvn -pl operator -am test -Dskete.golden=write} writes the new results, for review as a diff.
 */
class CompilerTest {
    private static final Path CASES = Path.of("src/test/resources/compiler");
    private static final boolean WRITE = "write".equals(System.getProperty("skete.golden"));

    @ParameterizedTest
    @CsvSource({
        "serves, KVM",
        "emulated, Emulation",
        "single-without-ports, KVM",
        "every-field, KVM",
        "job, Emulation",
        "cron, Emulation",
        "volumes, Emulation",
        "boots-disk, KVM"
    })
    void compilesToTheGoldenManifests(String name, Accelerator accelerator) throws IOException {
        var children = compile(name, accelerator);
        var manifests = children.all().stream().map(Serialization::asYaml).collect(Collectors.joining());
        var golden = CASES.resolve(name).resolve("children.yaml");
        if (WRITE) {
            Files.writeString(golden, manifests);
        }
        assertThat(manifests).isEqualTo(Files.readString(golden));
    }

    @Test
    void thePlanSurvivesItsWayThroughTheContainersVariable() throws Exception {
        var workload = (Deployment) compile("every-field", Accelerator.KVM).workload();
        var container =
                workload.getSpec().getTemplate().getSpec().getContainers().getFirst();
        var text = container.getEnv().stream()
                .filter(v -> v.getName().equals(LaunchPlan.VARIABLE))
                .map(EnvVar::getValue)
                .collect(Collectors.joining());

        assertThat(text).doesNotContain("$");
        assertThat(LaunchPlanJson.decode(text).commandLine()).contains("${net.ip}", "${args}");
    }

    @Test
    void compilingTwiceGivesTheSameTemplateDigest() throws IOException {
        assertThat(compile("every-field", Accelerator.KVM)).isEqualTo(compile("every-field", Accelerator.KVM));
    }

    @Test
    void theChartsSeccompProfileIsThePods() throws IOException {
        var workload = (Deployment)
                compile("serves", Accelerator.KVM, GuestSeccomp.Localhost).workload();
        var profile =
                workload.getSpec().getTemplate().getSpec().getSecurityContext().getSeccompProfile();

        assertThat(profile.getType()).isEqualTo("Localhost");
        assertThat(profile.getLocalhostProfile()).isEqualTo("skete/vmm.json");
    }

    private static Children compile(String name, Accelerator accelerator) throws IOException {
        return compile(name, accelerator, GuestSeccomp.RuntimeDefault);
    }

    private static Children compile(String name, Accelerator accelerator, GuestSeccomp seccomp) throws IOException {
        var directory = CASES.resolve(name);
        return Compiler.compile(
                read(directory.resolve("unikernel.yaml"), Unikernel.class),
                read(directory.resolve("runtime.yaml"), UnikernelRuntime.class).getSpec(),
                accelerator,
                seccomp);
    }

    private static <T> T read(Path file, Class<T> type) throws IOException {
        return Serialization.unmarshal(Files.readString(file), type);
    }
}

package dev.skete.e2e.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.skete.agent.refusal.RefusedException;
import dev.skete.agent.vmm.GuestLaunch;
import dev.skete.agent.vmm.NetworkFacts;
import dev.skete.agent.vmm.PodName;
import dev.skete.agent.vmm.Vmm;
import dev.skete.agent.vmm.VmmPack;
import dev.skete.api.Accelerator;
import dev.skete.api.DiskModel;
import dev.skete.api.FileChannel;
import dev.skete.api.InvalidLaunchPlanException;
import dev.skete.api.LaunchPlan;
import dev.skete.api.LaunchPlanJson;
import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.operator.runtime.RuntimeLookup;
import dev.skete.operator.unikernel.compile.Compiler;
import dev.skete.operator.unikernel.compile.Mismatch;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each shipped runtime makes of a Unikernel that asks for all the runtime can do: the VMM's words, one on a line.
 * {@value #COMMAND} writes the new results, for review as a diff.
 */
class RuntimeCommandLineTest {
    private static final boolean WRITE = "write".equals(System.getProperty("skete.golden"));
    private static final String COMMAND = "build/mvn -pl e2e -am test -Dskete.golden=write";
    private static final Path RESULTS = Path.of("src/test/resources/runtimes");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final NetworkFacts NETWORK = new NetworkFacts(
            "tap0",
            "0a:58:0a:f4:01:07",
            1450,
            address("10.244.1.7"),
            24,
            Optional.of(address("10.244.1.1")),
            Optional.of(address("10.96.0.10")),
            List.of("shop.svc.cluster.local", "cluster.local"));

    static Stream<Arguments> shipped() {
        return ShippedRuntimes.byName().entrySet().stream().map(r -> arguments(r.getKey(), r.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void a_guest_starts_with_the_words_on_record(String runtime, UnikernelRuntimeSpec spec)
            throws IOException, RefusedException, InvalidLaunchPlanException {
        var unikernel = YAML.readValue(unikernel(runtime, spec), Unikernel.class);
        assertThat(Mismatch.of(unikernel.getSpec(), spec)).isEmpty();

        var plan = plan(unikernel, spec);
        var words = String.join(
                        "\n",
                        Vmm.named(plan.vmm()).command(launch(plan, unikernel)).argv()) + "\n";

        var record = RESULTS.resolve(runtime + ".txt");
        if (WRITE) {
            Files.writeString(record, words);
        }
        assertThat(record)
                .as("the words of %s on record; if they are as they should be now: %s", runtime, COMMAND)
                .content()
                .isEqualTo(words);
    }

    private static String unikernel(String runtime, UnikernelRuntimeSpec spec) {
        var manifest = new StringBuilder("""
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: hello, namespace: shop}
                spec:
                  image: registry.example/hello:1
                  runtime: %s
                  resources: {memory: 64Mi}
                  ports: [{name: http, port: 80, targetPort: 8080}]
                """.formatted(runtime));
        var commandLine = Optional.ofNullable(spec.commandLine()).orElse(List.of());
        if (commandLine.contains("${args}")) {
            manifest.append("  args: [\"/app\", \"two words\"]\n");
        }
        if (commandLine.contains("${env}")) {
            manifest.append("  env: [{name: GREETING, value: \"hello, world\"}]\n");
        }
        boolean files = spec.files() != null && spec.files() != FileChannel.None;
        boolean disks = spec.disks() == DiskModel.VirtioBlk;
        if (files || disks) {
            manifest.append("  volumes:\n");
        }
        if (files) {
            manifest.append("  - {name: settings, configMap: {name: settings}}\n");
        }
        if (disks) {
            manifest.append("  - {name: data, persistentVolumeClaim: {claimName: data}}\n");
        }
        if (files) {
            manifest.append("  volumeMounts: [{name: settings, mountPath: /etc/app}]\n");
        }
        if (disks) {
            manifest.append("  volumeDevices: [{name: data}]\n");
        }
        return manifest.toString();
    }

    private static LaunchPlan plan(Unikernel unikernel, UnikernelRuntimeSpec spec) throws InvalidLaunchPlanException {
        var accelerator = RuntimeLookup.KVM_ONLY_VMMS.contains(spec.vmm()) ? Accelerator.KVM : Accelerator.Emulation;
        var deployment =
                (Deployment) Compiler.compile(unikernel, spec, accelerator).workload();
        var json = deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getName().equals(LaunchPlan.VARIABLE))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
        return LaunchPlanJson.decode(json);
    }

    private static GuestLaunch launch(LaunchPlan plan, Unikernel unikernel) throws RefusedException {
        var pack = Vmm.named(plan.vmm()).packs(plan).getFirst();
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        Optional.ofNullable(unikernel.getSpec().env())
                .orElse(List.of())
                .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
        return new GuestLaunch(
                plan,
                new PodName("shop", "hello-1"),
                Optional.ofNullable(unikernel.getSpec().args()).orElse(List.of()),
                variables,
                NETWORK,
                plan.storage().mounts().isEmpty() ? List.of() : List.of("settings/app.conf"),
                VmmPack.inGuest(pack, pack.directoryPrefix() + "-7.2-0123"));
    }

    private static Inet4Address address(String text) {
        try {
            return (Inet4Address) InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}

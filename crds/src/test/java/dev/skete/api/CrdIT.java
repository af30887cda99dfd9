package dev.skete.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.ControlPlaneTest;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the API server makes of the CRDs, through the types. */
@ControlPlaneTest
class CrdIT {
    @Test
    void aUnikernelGetsTheDefaults(ControlPlane controlPlane, KubernetesClient admin) {
        UnikernelSpec spec = created("unikernel", controlPlane, admin).getSpec();
        assertThat(spec.replicas()).isEqualTo(Defaults.REPLICAS);
        assertThat(spec.restartPolicy()).isEqualTo(Defaults.RESTART_POLICY);
        assertThat(spec.accelerator()).isEqualTo(Defaults.ACCELERATOR);
        assertThat(spec.drainSeconds()).isEqualTo(Defaults.DRAIN_SECONDS);
        assertThat(spec.terminationGracePeriodSeconds()).isEqualTo(Defaults.TERMINATION_GRACE_PERIOD_SECONDS);
        assertThat(spec.startupDeadlineSeconds()).isEqualTo(Defaults.STARTUP_DEADLINE_SECONDS);
        assertThat(spec.stdin()).isEqualTo(Defaults.STDIN);
        assertThat(spec.resources())
                .isEqualTo(new GuestResources(
                        new Quantity(Defaults.MEMORY), Defaults.CPUS, new Quantity(Defaults.CPU_REQUEST)));
        assertThat(spec.ports()).containsExactly(new GuestPort("http", 80, 8080, Defaults.PROTOCOL));
        assertThat(spec.job()).isNull();
    }

    @Test
    void aJobGetsTheDefaultsOfAJob(ControlPlane controlPlane, KubernetesClient admin) {
        assertThat(created("job", controlPlane, admin).getSpec().job())
                .isEqualTo(new JobOptions(
                        Defaults.COMPLETIONS,
                        Defaults.PARALLELISM,
                        2,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void aRuntimeGetsTheDefaults(KubernetesClient admin) {
        UnikernelRuntime runtime = Manifest.read("runtime", UnikernelRuntime.class);
        runtime.getMetadata().setName("with-defaults");
        UnikernelRuntimeSpec spec = admin.resource(runtime).create().getSpec();
        assertThat(spec.envFormat()).isEqualTo(Defaults.ENV_FORMAT);
        assertThat(spec.quoting()).isEqualTo(Defaults.QUOTING);
        assertThat(spec.shutdown()).isEqualTo(Defaults.SHUTDOWN);
        assertThat(spec.files()).isEqualTo(Defaults.FILES);
        assertThat(spec.mountFormat()).isEqualTo(Defaults.MOUNT_FORMAT);
        assertThat(spec.disks()).isEqualTo(Defaults.DISKS);
        assertThat(spec.entropy()).isEqualTo(Defaults.ENTROPY);
        assertThat(spec.nic().vnetHeader()).isEqualTo(Defaults.VNET_HEADER);
        assertThat(spec.overhead())
                .isEqualTo(new Overhead(new Quantity(Defaults.OVERHEAD_MEMORY), new Quantity(Defaults.OVERHEAD_CPU)));
    }

    @Test
    void aUnikernelScales(ControlPlane controlPlane, KubernetesClient admin) {
        Unikernel unikernel = created("unikernel", controlPlane, admin);
        unikernel.setStatus(
                new UnikernelStatus(1L, List.of(), 2, 1, "skete.dev/unikernel=hello", null, null, List.of()));
        admin.resource(unikernel).updateStatus();
        var scale = admin.resources(Unikernel.class)
                .inNamespace(unikernel.getMetadata().getNamespace())
                .withName("hello");
        scale.scale(5);
        assertThat(scale.get().getSpec().replicas()).isEqualTo(5);
        assertThat(scale.scale().getStatus().getReplicas()).isEqualTo(2);
        assertThat(scale.scale().getStatus().getSelector()).isEqualTo("skete.dev/unikernel=hello");
    }

    @Test
    void kubectlGetShowsWhatMatters(ControlPlane controlPlane, KubernetesClient admin) throws Exception {
        String namespace =
                created("unikernel", controlPlane, admin).getMetadata().getNamespace();
        var columns = columns(admin, "/apis/skete.dev/v1alpha1/namespaces/" + namespace + "/unikernels");
        assertThat(columns)
                .containsExactly(
                        "Name:0",
                        "Ready:0",
                        "Replicas:0",
                        "Runtime:0",
                        "Accelerator:0",
                        "Endpoint:0",
                        "Age:0",
                        "Image:1",
                        "Reason:1");
    }

    @Test
    void kubectlGetShowsWhatRuntimesNeed(KubernetesClient admin) throws Exception {
        assertThat(columns(admin, "/apis/skete.dev/v1alpha1/unikernelruntimes"))
                .containsExactly("Name:0", "VMM:0", "Machine:0", "NIC:0", "Age:0", "Kernel:1");
    }

    @Test
    void shortNamesAndCategoriesAreKnown(KubernetesClient admin) {
        assertThat(admin.getApiResources("skete.dev/v1alpha1").getResources())
                .filteredOn(r -> !r.getName().contains("/"))
                .extracting(r -> r.getKind() + r.getShortNames() + r.getCategories())
                .containsExactlyInAnyOrder("Unikernel[uk][all, skete]", "UnikernelRuntime[ukr][skete]");
    }

    private static Unikernel created(String manifest, ControlPlane controlPlane, KubernetesClient admin) {
        Unikernel unikernel = Manifest.read(manifest, Unikernel.class);
        unikernel.getMetadata().setNamespace(controlPlane.newNamespace());
        return admin.resource(unikernel).create();
    }

    /** Names and priorities of the columns of the table that kubectl prints. */
    private static List<String> columns(KubernetesClient admin, String path) throws Exception {
        var request = admin.getHttpClient()
                .newHttpRequestBuilder()
                .uri(admin.getMasterUrl().toURI().resolve(path))
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .build();
        var table = admin.getHttpClient().sendAsync(request, String.class).get(30, TimeUnit.SECONDS);
        JsonNode definitions =
                Serialization.unmarshal(table.body(), JsonNode.class).path("columnDefinitions");
        return definitions
                .valueStream()
                .map(c -> c.path("name").asText() + ":" + c.path("priority").asInt())
                .toList();
    }
}

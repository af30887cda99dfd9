package dev.skete.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import dev.skete.api.UnikernelRuntime;
import dev.skete.e2e.controlplane.ControlPlane;
import dev.skete.e2e.controlplane.Controllers;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a release against a real, empty API server, which also judges the built-in runtimes by the CRD's rules. */
class ChartInstallIT {
    private static final String RUNTIMES = "unikernelruntimes.skete.dev";

    private ControlPlane controlPlane;

    @BeforeEach
    void start() {
        controlPlane = ControlPlane.start(Controllers.NONE);
    }

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void oneCommandInstallsCrdsAndRuntimesOnAnEmptyCluster() {
        upgrade("skete", "skete-system", Chart.DIRECTORY);
        assertThat(controlPlane.admin().resources(UnikernelRuntime.class).list().getItems())
                .extracting(runtime -> runtime.getMetadata().getName())
                .containsExactlyInAnyOrder(
                        "elf",
                        "elf-q35",
                        "hermit",
                        "hermit-microvm",
                        "linux",
                        "unikraft",
                        "nanos",
                        "osv",
                        "mirage-virtio");
    }

    @Test
    void anUpgradeUpdatesTheCrds(@TempDir Path directory) {
        upgrade("skete", "skete-system", Chart.DIRECTORY);
        var newer = copyOfChart(directory);
        replace(newer.resolve("crds/" + RUNTIMES + ".yaml"), "    - ukr\n", "    - ukr\n    - ukrt\n");
        upgrade("skete", "skete-system", newer);
        assertThat(crd(RUNTIMES).getSpec().getNames().getShortNames()).containsExactly("ukr", "ukrt");
    }

    @Test
    void crdsOutliveAnUninstallAndTheNextInstallTakesThemOver() {
        upgrade("skete", "skete-system", Chart.DIRECTORY);
        Helm.uninstall("skete")
                .withNamespace("skete-system")
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
        var uid = crd(RUNTIMES).getMetadata().getUid();
        upgrade("skete", "skete-system", Chart.DIRECTORY);
        assertThat(crd(RUNTIMES).getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    void anotherReleaseNameInstallsAndUpgradesToo() {
        upgrade("unikernels", "elsewhere", Chart.DIRECTORY);
        upgrade("unikernels", "elsewhere", Chart.DIRECTORY);
        assertThat(crd(RUNTIMES).getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
    }

    private void upgrade(String release, String namespace, Path chart) {
        new Helm(chart)
                .upgrade()
                .withName(release)
                .install()
                .withNamespace(namespace)
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
    }

    private CustomResourceDefinition crd(String name) {
        return controlPlane
                .admin()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name)
                .require();
    }

    private static Path copyOfChart(Path directory) {
        var copy = directory.resolve("skete");
        try (var files = Files.walk(Chart.DIRECTORY)) {
            for (var file : files.toList()) {
                Files.copy(file, copy.resolve(Chart.DIRECTORY.relativize(file).toString()));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file, String from, String to) {
        try {
            Files.writeString(file, Files.readString(file).replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.skete.operator.unikernel.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skete.api.Boot;
import dev.skete.api.BootOverride;
import dev.skete.api.UnikernelRuntimeSpec;
import dev.skete.api.UnikernelSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MismatchTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            volumeMounts: [{name: a, mountPath: /a}]     | boot: {kernel: /k}                            | files is None
            volumeDevices: [{name: a}]                   | boot: {kernel: /k}                            | disks is None
            boot: {disk: /d}                             | boot: {kernel: /k}, commandLine: [x]          | has a command line
            boot: {initrd: /i}                           | boot: {disk: /d}                              | has its own initial RAM disk
            args: [a]                                    | boot: {kernel: /k}, commandLine: ["${env}"]   | has no ${args}
            env: [{name: A, value: b}]                   | boot: {disk: /d}                              | has no ${env}
            'args: [a], envFrom: [{secretRef: {name: s}}]' | boot: {kernel: /k}, commandLine: ["${args}"] | has no ${env}
            """)
    void whatDoesNotFitIsSaid(String spec, String runtime, String says) {
        assertThat(Mismatch.of(spec(spec), runtime("pc", runtime)))
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith("UnikernelRuntime r ").contains(says));
    }

    @Test
    void aMicrovmBootsNoDisk() {
        assertThat(Mismatch.of(spec("boot: {disk: /d}"), runtime("microvm", "boot: {kernel: /k}")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("q35 or pc"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            args: []                                     | boot: {disk: /d}
            volumes: [{name: a, secret: {}}]             | boot: {kernel: /k}
            volumeMounts: [{name: a, mountPath: /a}]     | boot: {kernel: /k}, files: FwCfg
            volumeDevices: [{name: a}]                   | boot: {disk: /d}, disks: VirtioBlk
            boot: {kernel: /k}                           | boot: {disk: /d}, commandLine: [x]
            args: [a]                                    | boot: {kernel: /k}, commandLine: ["${args}"]
            env: [{name: A, value: b}]                   | boot: {kernel: /k}, commandLine: ["${env}"]
            'env: [{name: A, value: b}], args: [$(A)]'   | boot: {kernel: /k}, commandLine: ["${args}"]
            """)
    void whatFitsIsNotComplainedAbout(String spec, String runtime) {
        assertThat(Mismatch.of(spec(spec), runtime("pc", runtime))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -  | -  | -  | /k | /i | -  | /k  | /i  | -
            /K | -  | -  | /k | /i | -  | /K  | /i  | -
            -  | /I | -  | /k | -  | -  | /k  | /I  | -
            -  | -  | /D | /k | /i | -  | -   | -   | /D
            /K | -  | -  | -  | -  | /d | /K  | -   | -
            -  | -  | /D | -  | -  | /d | -   | -   | /D
            """)
    void placesInTheImageReplaceTheRuntimesOneByOne(
            @Nullable String ownKernel,
            @Nullable String ownInitrd,
            @Nullable String ownDisk,
            @Nullable String kernel,
            @Nullable String initrd,
            @Nullable String disk,
            @Nullable String kernelThen,
            @Nullable String initrdThen,
            @Nullable String diskThen) {
        assertThat(BootPlaces.of(new BootOverride(ownKernel, ownInitrd, ownDisk), new Boot(kernel, initrd, disk)))
                .isEqualTo(new Boot(kernelThen, initrdThen, diskThen));
    }

    private static UnikernelSpec spec(String more) {
        return Serialization.unmarshal("---\n{image: i, runtime: r, " + more + "}", UnikernelSpec.class);
    }

    private static UnikernelRuntimeSpec runtime(String machine, String more) {
        return Serialization.unmarshal(
                "---\n{vmm: qemu, machine: {type: " + machine + "}, nic: {model: virtio-net-pci}, " + more + "}",
                UnikernelRuntimeSpec.class);
    }
}

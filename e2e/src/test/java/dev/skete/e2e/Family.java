package dev.skete.e2e;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** The guest families that run on any machine, each with the image these tests have of it. */
public enum Family {
    ELF("elf", "hello", "32Mi"),
    ELF_Q35("elf-q35", "hello", "32Mi"),
    HERMIT("hermit", "hermit", "64Mi"),
    HERMIT_MICROVM(
            "hermit-microvm", "hermit", "256Mi", "boot: {kernel: /hermit/microvm/loader, initrd: /hermit/microvm/app}"),
    LINUX("linux", "linux", "128Mi"),
    /** The family that no line of Skete's code knows; its runtime is {@link #IPXE_RUNTIME}, under a name of the test's own. */
    IPXE("ipxe", "ipxe", "64Mi");

    /** Has its name to be filled in. */
    public static final String IPXE_RUNTIME = """
            apiVersion: skete.dev/v1alpha1
            kind: UnikernelRuntime
            metadata: {name: %s}
            spec:
              vmm: qemu
              machine: {type: pc}
              boot: {kernel: /ipxe.lkrn}
              nic: {model: virtio-net-pci}
              commandLine: ["dhcp", "&&", "imgfetch", "${args}", "&&", "reboot"]
              quoting: None
            """;

    private final String runtime;
    private final String image;
    private final String memory;
    private final List<String> spec;

    Family(String runtime, String image, String memory, String... spec) {
        this.runtime = runtime;
        this.image = image;
        this.memory = memory;
        this.spec = List.of(spec);
    }

    public String runtime() {
        return runtime;
    }

    /** What a guest of this family has, as its manifest says it. */
    public String memory() {
        return memory;
    }

    /** A guest that runs to completion with these arguments, and more {@code spec} lines at the end. */
    public String job(String name, List<String> args, String... more) {
        return """
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: %s}
                spec:
                  image: localhost/skete/%s:dev
                  imagePullPolicy: IfNotPresent
                  runtime: %s
                  restartPolicy: Never
                  args: %s
                  resources: {memory: %s}
                %s%s""".formatted(
                        name,
                        image,
                        runtime,
                        Serialization.asJson(args),
                        memory,
                        String.join("\n", spec).indent(2),
                        String.join("\n", more).indent(2));
    }
}

package dev.skete.operator.unikernel;

import dev.skete.api.Unikernel;
import dev.skete.api.UnikernelRuntime;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Objects as a user would write them. */
final class Given {
    private Given() {}

    static UnikernelRuntime runtime(String name) {
        return Serialization.unmarshal("""
                apiVersion: skete.dev/v1alpha1
                kind: UnikernelRuntime
                metadata: {name: %s}
                spec:
                  vmm: qemu
                  machine: {type: microvm, options: {rtc: "on"}, cpu: {kvm: host, emulation: max}}
                  boot: {kernel: /guest}
                  nic: {model: virtio-net-device}
                  commandLine: ["ip=${net.ip}/${net.prefix}", "${env}", "--", "${args}"]
                """.formatted(name), UnikernelRuntime.class);
    }

    static Unikernel hello(String namespace, String runtime) {
        return Serialization.unmarshal("""
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: hello, namespace: %s}
                spec:
                  image: registry.example/hello:1.0
                  runtime: %s
                  replicas: 2
                  args: ["--greeting", "two words"]
                  env: [{name: MODE, value: prod}]
                  ports: [{name: http, port: 80, targetPort: 8080}]
                """.formatted(namespace, runtime), Unikernel.class);
    }

    static Unikernel once(String namespace, String runtime, String more) {
        return Serialization.unmarshal("""
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: hello, namespace: %s}
                spec: {image: "registry.example/report:1.0", runtime: %s, restartPolicy: Never, %s}
                """.formatted(namespace, runtime, more), Unikernel.class);
    }
}

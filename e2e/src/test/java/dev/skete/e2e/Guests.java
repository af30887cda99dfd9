package dev.skete.e2e;

import java.util.List;

/** The Unikernels of these tests: the hello guest with one thing changed. */
public final class Guests {
    private Guests() {}

    /** A hello guest behind a Service on port 80, with more {@code spec} lines at the end. */
    public static String hello(String name, int replicas, String... more) {
        return """
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: %s}
                spec:
                  image: localhost/skete/hello:dev
                  imagePullPolicy: IfNotPresent
                  runtime: elf
                  replicas: %d
                  resources: {memory: 32Mi}
                  ports: [{name: http, port: 80, targetPort: 8080}]
                  readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 1}
                %s""".formatted(name, replicas, lines(more));
    }

    /** An entry of {@code spec.pod} by which guests go to different nodes while they can. */
    static String spread(String name) {
        return "topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway,"
                + " labelSelector: {matchLabels: {skete.dev/unikernel: " + name + "}}}]";
    }

    /** A hello guest that runs to completion with these arguments. */
    static String job(String name, String args, String... more) {
        return """
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: %s}
                spec:
                  image: localhost/skete/hello:dev
                  runtime: elf
                  restartPolicy: Never
                  args: %s
                  resources: {memory: 32Mi}
                %s""".formatted(name, args, lines(more));
    }

    /** A Hermit guest that runs to completion with these arguments. */
    static String hermitJob(String name, String runtime, List<String> args, String... more) {
        return Family.HERMIT.job(name, args, more).replace("runtime: hermit", "runtime: " + runtime);
    }

    /** A Hermit web server behind a Service on port 80. */
    static String hermitServer(String name, String... more) {
        return """
                apiVersion: skete.dev/v1alpha1
                kind: Unikernel
                metadata: {name: %s}
                spec:
                  image: localhost/skete/hermit:dev
                  imagePullPolicy: IfNotPresent
                  runtime: hermit
                  args: ["httpd", "8080"]
                  resources: {memory: 64Mi}
                  ports: [{name: http, port: 80, targetPort: 8080}]
                  readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 1}
                %s""".formatted(name, lines(more));
    }

    private static String lines(String... more) {
        return String.join("\n", more).indent(2);
    }
}
